import { REPORT_TOOL } from '../domain/report/tool.ts';
import type { ToolCall } from './agent-frames.ts';
import type { AgentSocket } from './agent-socket.ts';
import type { BridgeContext } from './context.ts';
import { KEYS_TOOL, readKeys } from './keys-tool.ts';
import { ANOTHER_CALL, acceptedAnswer, isOnRecord, readSocketReport } from './report-tool.ts';
import { touchTones } from './touch-tones.ts';

interface ToolsSetup {
  callId: string;
  context: Pick<BridgeContext, 'clock' | 'counters' | 'events' | 'records'>;
  conversationId(): string | undefined;
  /** Plays 8 kHz mu-law to the phone; false: it was dropped. */
  play(audio: Buffer): boolean;
  /** These keys were pressed. */
  pressed(keys: string): void;
}

/** The client tools of an agent in a call. Answers each use, with the fault where there was one. */
export class AgentTools {
  readonly #setup: ToolsSetup;
  #reported = false;

  constructor(setup: ToolsSetup) {
    this.#setup = setup;
  }

  /** True when a report of this call was accepted. */
  get reported(): boolean {
    return this.#reported;
  }

  call(call: ToolCall, agent: AgentSocket): void {
    if (call.name === REPORT_TOOL) void this.#report(call, agent);
    else if (call.name === KEYS_TOOL) this.#pressKeys(call, agent);
    else agent.answerTool(call.id, `there is no tool ${call.name.slice(0, 80)} here`, true);
  }

  async #report(call: ToolCall, agent: AgentSocket): Promise<void> {
    const { callId: call_id, context, conversationId } = this.#setup;
    const { clock, counters, events, records } = context;
    const refuse = (message: string): void => {
      counters.reports_refused++;
      agent.answerTool(call.id, message, true);
    };
    const conversation_id = conversationId();
    const at = clock.date().toISOString();
    const reading = readSocketReport(call_id, call.parameters);
    if (!reading.ok) return refuse(reading.message);
    if (reading.another !== undefined && (await isOnRecord(records, reading.another))) return refuse(ANOTHER_CALL);
    const id = `report:${call_id}:${conversation_id ?? ''}:${call.id}`;
    const { report } = reading;
    const verdict = await events.report({ id, call_id, at, kind: 'report', source: 'socket', report, conversation_id });
    this.#reported ||= verdict.accepted;
    agent.answerTool(call.id, verdict.accepted ? acceptedAnswer(report) : verdict.message, !verdict.accepted);
  }

  #pressKeys(call: ToolCall, agent: AgentSocket): void {
    const reading = readKeys(call.parameters);
    if (!reading.ok) agent.answerTool(call.id, reading.message, true);
    else if (this.#setup.play(touchTones(reading.keys))) {
      this.#setup.pressed(reading.keys);
      agent.answerTool(call.id, 'pressed', false);
    } else agent.answerTool(call.id, 'could not press the keys: the phone does not take audio now', true);
  }
}
