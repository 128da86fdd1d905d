import { cancellationSignal } from '@temporalio/activity';
import type { Problem, SimulationResult } from '../domain/evidence.ts';
import { ProviderUnreachable, type Turn } from '../providers/interface.ts';
import { messageOf, safeMessage } from '../providers/mask.ts';
import { keepRecording } from '../records/keep-recording.ts';
import { actsFor, OTHER_ACCOUNTS } from './belonging.ts';
import { type ActivityDependencies, unlessCancelled } from './dependencies.ts';
import { heartbeating } from './heartbeating.ts';
import { giveSlotsBack, holdSlots } from './hold-slots.ts';
import type { BookingActivities, SimulateInput } from './interface.ts';

/** Longer than a duet may take. The slots of a duet whose worker died are free by then. */
const DUET_SECONDS = 600;

const problemOf = (error: unknown): Problem =>
  error instanceof ProviderUnreachable
    ? error.problem
    : { code: 'simulation_failed', message: safeMessage(messageOf(error)) };

/** First choice: two agents talk to each other, and the bridge records them. */
async function liveDuet(deps: ActivityDependencies, { order, call_id }: SimulateInput): Promise<SimulationResult> {
  if (!deps.duet) return { ok: false, problem: { code: 'no_duet', message: 'No live duet is configured.' } };
  try {
    const full = await holdSlots(deps, 'duet', { call_id, booking_id: order.id, hold_seconds: DUET_SECONDS });
    if (full) return { ok: false, problem: { code: `${full}_full`, message: 'All its slots are taken.' } };
    return await unlessCancelled(deps.duet.run({ order, call_id, signal: cancellationSignal() }));
  } catch (error) {
    cancellationSignal().throwIfAborted();
    return { ok: false, problem: problemOf(error) };
  } finally {
    await giveSlotsBack(deps, 'duet', call_id);
  }
}

/** A simulation in text is useful without its voices. */
async function voice(deps: ActivityDependencies, { order, call_id }: SimulateInput, turns: Turn[]): Promise<void> {
  if (!deps.elevenlabs) return;
  try {
    const audio = await unlessCancelled(deps.elevenlabs.dialogue(turns, order.language ?? 'es'));
    const path = `recordings/${call_id}/dialogue.mp3`;
    await keepRecording(deps, { call_id, path, ...audio });
  } catch (error) {
    cancellationSignal().throwIfAborted();
    deps.log.warn({ call_id, problem: problemOf(error).code }, 'could not add voices to a simulation: text only');
  }
}

/** Second choice: the provider's simulation for agent tests, in text, with voices added. */
async function agentTest(deps: ActivityDependencies, input: SimulateInput): Promise<SimulationResult> {
  if (!deps.elevenlabs)
    return { ok: false, problem: { code: 'not_configured', message: 'ElevenLabs is not configured.' } };
  try {
    const test = await unlessCancelled(deps.elevenlabs.agentTest(input.order, input.call_id));
    await deps.records.putTranscript(input.call_id, test.turns, 'attempt');
    await voice(deps, input, test.turns);
    return { ok: true, report: test.report, transcript: test.digest, method: 'agent_test' };
  } catch (error) {
    cancellationSignal().throwIfAborted();
    return { ok: false, problem: problemOf(error) };
  }
}

/** The channel `simulation`. No phone rings; the workflow marks the result as simulated. */
export const simulation = (deps: ActivityDependencies): Pick<BookingActivities, 'simulate'> => ({
  simulate: (input) =>
    heartbeating(async () => {
      if (!actsFor(deps, input.belongs)) return { ok: false, problem: OTHER_ACCOUNTS };
      const duet = await liveDuet(deps, input);
      if (duet.ok) return duet;
      cancellationSignal().throwIfAborted();
      deps.log.warn({ call_id: input.call_id, problem: duet.problem.code }, 'live duet failed: trying the agent test');
      const test = await agentTest(deps, input);
      if (test.ok) return test;
      const message = safeMessage(`duet: ${duet.problem.message}; agent test: ${test.problem.message}`);
      return { ok: false, problem: { code: test.problem.code, message } };
    }),
});
