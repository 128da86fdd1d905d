import { type Answer, type Ask, json, jsonBody } from '../http.ts';
import { Business, Caller } from '../talk/minds.ts';
import { heardText, planTalk } from '../talk/play.ts';
import { rehearsed, slotOf } from '../talk/slot.ts';
import type { World } from '../world.ts';
import { Conversation, initiationOf, randomId, record } from './conversation.ts';
import { elevenError, invalid, missing } from './errors.ts';
import { reportOf } from './report.ts';
import { spokenLanguage } from './spoken-language.ts';
import { analysisView, transcriptView } from './view.ts';

/** Time that a test run stays pending, at natural pace. */
const RUN_MS = 2000;

/** A text conversation between the agent and a simulated receptionist. `wish` may prepare the receptionist's answer. */
export function simulatedTalk(world: World, agentId: string, variables: unknown, wish: string): Conversation {
  const initiation = initiationOf({ dynamic_variables: variables });
  const number = world.numberOf(String(initiation.variables.booking_id ?? ''));
  const scenario = world.scenario(number);
  const prepared = rehearsed(wish);
  const slot = prepared.slot ?? slotOf(scenario.confirmed_date, scenario.confirmed_time);
  const conversation = new Conversation(agentId, 'socket', number, initiation);
  const language = spokenLanguage(world, conversation);
  const business = new Business(language, prepared.behaviour ?? 'answer-and-book', slot);
  for (const step of planTalk(new Caller(language), business, 1)) {
    const seconds = Math.floor(step.at / 1000);
    if (step.kind === 'line') {
      const { utterance } = step;
      const item = conversation.add(utterance.speaker === 'agent' ? 'agent' : 'user', utterance.text);
      item.seconds = seconds;
      item.interrupted = step.interrupted;
      if (step.interrupted) item.message = heardText(utterance.text, 0.7);
    } else if (step.kind === 'report') {
      const parameters = reportOf(world, conversation, step.report);
      conversation.result = step.report.result;
      const answer = '{"accepted":true}';
      conversation.add('agent', null, { kind: 'webhook', parameters, answer, failed: false }).seconds = seconds;
    }
  }
  return conversation;
}

interface Test {
  name: string;
  body: Record<string, unknown>;
}

/** The endpoints that replaced simulate-conversation: create a test, run it, get the invocation. */
export class AgentTests {
  private readonly world: World;
  private readonly tests = new Map<string, Test>();
  private readonly invocations = new Map<
    string,
    { ready: number; view: Record<string, unknown>; runs: Record<string, unknown>[] }
  >();

  constructor(world: World) {
    this.world = world;
  }

  create(ask: Ask): Answer {
    const body = jsonBody(ask);
    if (!body) return invalid(['body'], 'JSON decode error', 'json_invalid');
    if (typeof body.name !== 'string' || !body.name) return invalid(['body', 'name']);
    if (body.type === 'simulation' && typeof body.simulation_scenario !== 'string')
      return invalid(['body', 'simulation_scenario']);
    if (this.mode(body.dynamic_variables) === '503')
      return elevenError(503, 'service_unavailable', 'service_unavailable', 'Service temporarily unavailable');
    if (this.tests.size > 1000) this.tests.clear();
    const id = randomId('test_');
    this.tests.set(id, { name: body.name, body });
    return json(200, { id });
  }

  remove(ask: Ask): Answer {
    return this.tests.delete(ask.params.id ?? '')
      ? json(200, {})
      : missing('test_not_found', `No test ${ask.params.id}.`);
  }

  run(ask: Ask): Answer {
    const body = jsonBody(ask);
    const wanted = Array.isArray(body?.tests) ? body.tests.map((test) => String(record(test).test_id ?? '')) : [];
    if (wanted.length === 0) return invalid(['body', 'tests']);
    const agentId = ask.params.id ?? '';
    const id = randomId('suite_');
    const now = Math.floor(Date.now() / 1000);
    const runs: Record<string, unknown>[] = [];
    for (const testId of wanted) {
      const test = this.tests.get(testId);
      if (!test) return missing('test_not_found', `No test ${testId}.`);
      const talk = simulatedTalk(
        this.world,
        agentId,
        test.body.dynamic_variables,
        String(test.body.simulation_scenario ?? ''),
      );
      const passed = this.mode(test.body.dynamic_variables) !== 'failed';
      runs.push({
        test_run_id: randomId('trun_'),
        test_invocation_id: id,
        agent_id: agentId,
        workflow_node_id: null,
        status: passed ? 'passed' : 'failed',
        test_id: testId,
        test_name: test.name,
        agent_responses: transcriptView(talk.transcript, talk.id),
        condition_result: {
          result: passed ? 'success' : 'failure',
          rationale: { messages: [], summary: passed ? 'The agent reported a result.' : 'The agent did not finish.' },
        },
        last_updated_at_unix: now,
        metadata: null,
        ...(passed && { analysis: analysisView(this.world, talk) }),
      });
    }
    if (this.invocations.size > 1000) this.invocations.clear();
    const invocation = {
      ready: Date.now() + RUN_MS / this.world.pace,
      view: { id, agent_id: agentId, created_at: now },
      runs,
    };
    this.invocations.set(id, invocation);
    return json(200, this.view(invocation));
  }

  invocation(ask: Ask): Answer {
    const invocation = this.invocations.get(ask.params.id ?? '');
    return invocation
      ? json(200, this.view(invocation))
      : missing('test_invocation_not_found', `No invocation ${ask.params.id}.`);
  }

  private view({
    ready,
    view,
    runs,
  }: {
    ready: number;
    view: Record<string, unknown>;
    runs: Record<string, unknown>[];
  }): unknown {
    const pending = Date.now() < ready;
    return {
      ...view,
      test_runs: pending
        ? runs.map((run) => ({ ...run, status: 'pending', agent_responses: null, condition_result: null }))
        : runs,
    };
  }

  private mode(variables: unknown): 'ok' | '503' | 'failed' {
    return this.world.scenario(this.world.numberOf(String(record(variables).booking_id ?? ''))).tests;
  }
}
