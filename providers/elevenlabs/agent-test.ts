import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { BookingOrder } from '../../domain/order.ts';
import { receptionistPrompt } from '../../domain/prompts.ts';
import type { TalkContext } from '../../domain/talk/types.ts';
import { talkContext } from '../../domain/talk-context.ts';
import { type AgentTestResult, ProviderUnreachable } from '../interface.ts';
import { digestOf } from '../transcript.ts';
import { type ElevenLabsConnection, unreachable } from './client.ts';
import { reportIn, transcriptItems, turnsOf } from './conversation-snapshot.ts';
import { dynamicVariables } from './initiation.ts';

const MAX_TURNS = 20;
const POLL_MS = 1_000;
const PATIENCE_MS = 300_000;

const invocation = z.looseObject({
  test_runs: z
    .array(z.looseObject({ status: z.string().catch('pending'), agent_responses: transcriptItems }))
    .catch([])
    .default([]),
});

const made = z.looseObject({ id: z.string() });

const failed = (message: string) => new ProviderUnreachable({ code: 'elevenlabs_agent_test', message });

/**
 * A talk between the agent and a simulated receptionist, in text. Every tool is mocked and none may really be called, so a simulation can
 * never report a result: the report is read from the transcript. The test's verdict does not matter here.
 */
export async function runAgentTest(
  connection: ElevenLabsConnection,
  agentId: string,
  order: BookingOrder,
  callId: string,
  pollMs = POLL_MS,
): Promise<AgentTestResult> {
  let testId: string | undefined;
  try {
    const test = await connection.sendJson('POST', 'v1/convai/agent-testing/create', {
      type: 'simulation',
      name: `vocero ${callId}`,
      simulation_scenario: receptionistPrompt(order),
      simulation_max_turns: MAX_TURNS,
      success_conditions: ['The agent reported the outcome of the call with report_result.'],
      dynamic_variables: dynamicVariables(order, callId),
      tool_mock_config: { mocking_strategy: 'all', fallback_strategy: 'raise_error' },
    });
    testId = made.parse(test).id;
    const run = `v1/convai/agents/${encodeURIComponent(agentId)}/run-tests`;
    const suite = await connection.sendJson('POST', run, { tests: [{ test_id: testId }] });
    const context = talkContext(order, Date.now());
    return await resultOf(connection, made.parse(suite).id, { callId, context }, pollMs);
  } catch (error) {
    throw unreachable(error);
  } finally {
    // Leftovers at the provider do no harm: the result counts, not the cleaning up.
    if (testId !== undefined) {
      await connection.send('DELETE', `v1/convai/agent-testing/${encodeURIComponent(testId)}`).catch(() => undefined);
    }
  }
}

async function resultOf(
  connection: ElevenLabsConnection,
  suiteId: string,
  { callId, context }: { callId: string; context: TalkContext },
  pollMs: number,
): Promise<AgentTestResult> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const raw = await connection.getJson(`v1/convai/test-invocations/${encodeURIComponent(suiteId)}`);
    const run = invocation.safeParse(raw).data?.test_runs[0];
    if (run?.status === 'cancelled') throw failed('The test run was cancelled.');
    if (run && run.status !== 'pending') {
      const turns = turnsOf(run.agent_responses);
      if (turns.length === 0) throw failed('The test run has no transcript.');
      return { turns, digest: digestOf(turns, context), report: reportIn(run.agent_responses, callId) };
    }
    await delay(pollMs);
  }
  throw failed('The test run did not end in time.');
}
