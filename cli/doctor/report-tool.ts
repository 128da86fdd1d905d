import { REPORT_TOOL } from '../../domain/report/tool.ts';
import { type Check, callerOf, fail, inside, KEY, listIn, ok, PROVISION, warn } from './check.ts';

/** The tool that reports a result. */
export const REPORTING: Check = {
  name: REPORT_TOOL,
  fix: KEY,
  async look(patient) {
    const { publicUrl } = patient.config;
    const ids = listIn(await callerOf(patient), 'conversation_config.agent.prompt.tool_ids').map(String);
    const tools = await Promise.all(ids.map((id) => patient.workspace.tool(id)));
    const tool = tools.find((each) => each?.name === REPORT_TOOL);
    if (!tool) return fail('the agent has no tool report_result: it could not report results', PROVISION);
    const { config } = tool;
    if (config.type === 'client')
      return warn('a client tool: calls whose audio ElevenLabs carries could not report', PROVISION);
    const url = inside(config, 'api_schema.url');
    const wanted = `${publicUrl}/api/elevenlabs/tools/report_result`;
    if (url !== wanted) return fail(`it posts to ${url}, not to ${wanted}`, PROVISION);
    if (inside(config, 'api_schema.method') !== 'POST') return fail('it does not POST', PROVISION);
    if (!inside(config, 'api_schema.request_headers.Authorization'))
      return fail('it sends no Authorization', PROVISION);
    for (const name of ['booking_id', 'call_id']) {
      if (inside(config, `api_schema.request_body_schema.properties.${name}.dynamic_variable`) !== name)
        return fail(`${name} is not filled in by the dynamic variable: a model would invent it`, PROVISION);
    }
    return ok('a server tool that posts here, with a secret');
  },
};
