import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import type { World } from '../world.ts';
import { simulatedTalk } from './agent-tests.ts';
import { record } from './conversation.ts';
import { elevenError, invalid } from './errors.ts';
import { analysisView, transcriptView } from './view.ts';

/** `POST agents/{id}/simulate-conversation`, removed in October 2026: 410, unless a scenario restores it. */
export function simulate(world: World, ask: Ask): Answer {
  const body = jsonBody(ask);
  const specification = record(body?.simulation_specification);
  if (!('simulated_user_config' in specification))
    return invalid(['body', 'simulation_specification', 'simulated_user_config']);
  const variables = record(specification.dynamic_variables);
  const { simulate: mode } = world.scenario(world.numberOf(String(variables.booking_id ?? '')));
  if (mode === 'gone')
    return elevenError(
      410,
      'gone',
      'endpoint_removed',
      'simulate-conversation was removed on 31 Oct 2026; use agent testing.',
    );
  if (mode === '503')
    return elevenError(503, 'service_unavailable', 'service_unavailable', 'Service temporarily unavailable');
  const user = record(specification.simulated_user_config);
  const wish = String(record(user.prompt).prompt ?? '');
  const talk = simulatedTalk(world, ask.params.id ?? '', variables, wish);
  const turns = transcriptView(talk.transcript, talk.id);
  const analysis = analysisView(world, talk);
  if (!ask.path.endsWith('/stream')) return json(200, { simulated_conversation: turns, analysis });
  const events = [...turns.map((turn) => ({ simulated_conversation: [turn] })), { analysis }];
  const text = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');
  return { status: 200, bytes: Buffer.from(text), headers: { 'content-type': 'text/event-stream' } };
}
