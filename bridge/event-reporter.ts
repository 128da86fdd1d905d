import type { BridgeEvidence, Problem, ReportEvidence, TranscriptDigest } from '../domain/evidence.ts';
import type { Clock } from './clock.ts';
import type { BridgeCounters } from './counters.ts';
import type { CallReporter } from './interface.ts';
import type { BridgeLimits } from './limits.ts';
import { type BridgeLog, reasonOf } from './log.ts';

/** Result of a report. `refused`: with the reason, in words for the agent. */
type ReportVerdict = { accepted: true } | { accepted: false; message: string };

const TRY_AGAIN = 'could not deliver the report; call report_result again in a moment';
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

/** Reports call events to the workflow. While Temporal is unreachable, it retries for a limited time. */
export class EventReporter {
  readonly #reporter: CallReporter;
  readonly #clock: Clock;
  readonly #limits: Pick<BridgeLimits, 'toolMs' | 'reportRetryMs'>;
  readonly #counters: BridgeCounters;
  readonly #log: BridgeLog;
  readonly #underWay = new Set<Promise<void>>();

  constructor(setup: {
    reporter: CallReporter;
    clock: Clock;
    limits: Pick<BridgeLimits, 'toolMs' | 'reportRetryMs'>;
    counters: BridgeCounters;
    log: BridgeLog;
  }) {
    this.#reporter = setup.reporter;
    this.#clock = setup.clock;
    this.#limits = setup.limits;
    this.#counters = setup.counters;
    this.#log = setup.log;
  }

  /**
   * Reports one event of a call. `about` distinguishes events of the same kind (by stream or conversation), so that the id is the same on
   * every try.
   */
  event(
    callId: string,
    event: BridgeEvidence['event'],
    about: string,
    details: { conversation_id?: string | undefined; transcript?: TranscriptDigest; problem?: Problem } = {},
  ): void {
    const at = this.#clock.date().toISOString();
    const id = `bridge:${callId}:${event}:${about}`;
    const sent = this.#deliver({ id, call_id: callId, at, kind: 'bridge', event, ...details });
    this.#underWay.add(sent);
    void sent.finally(() => this.#underWay.delete(sent));
  }

  /** One try in a bounded time, because the agent waits for the answer. The agent repeats a failed report. */
  async report(evidence: ReportEvidence): Promise<ReportVerdict> {
    let cancel = (): void => {};
    const late = new Promise<ReportVerdict>((resolve) => {
      cancel = this.#clock.after(this.#limits.toolMs, () => resolve({ accepted: false, message: TRY_AGAIN }));
    });
    const verdict = await Promise.race([this.#offer(evidence), late]);
    cancel();
    if (verdict.accepted) this.#counters.reports_accepted++;
    else this.#counters.reports_refused++;
    return verdict;
  }

  /** Resolves when no event is pending, or after `ms`. */
  async settled(ms: number): Promise<void> {
    let cancel = (): void => {};
    const late = new Promise<void>((resolve) => {
      cancel = this.#clock.after(ms, resolve);
    });
    await Promise.race([Promise.all(this.#underWay), late]);
    cancel();
  }

  async #offer(evidence: ReportEvidence): Promise<ReportVerdict> {
    try {
      const answer = await this.#reporter.report(evidence);
      return answer.accepted
        ? { accepted: true }
        : { accepted: false, message: answer.error ?? 'the report was refused' };
    } catch (error) {
      this.#log.warn({ call_id: evidence.call_id, reason: reasonOf(error) }, 'could not deliver a report');
      return { accepted: false, message: TRY_AGAIN };
    }
  }

  async #deliver(evidence: BridgeEvidence): Promise<void> {
    const { call_id, event } = evidence;
    const giveUp = this.#clock.now() + this.#limits.reportRetryMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        const answer = await this.#reporter.report(evidence);
        if (!answer.accepted) this.#log.warn({ call_id, event, reason: answer.error }, 'the workflow refused an event');
        return;
      } catch (error) {
        if (this.#clock.now() + pause > giveUp) {
          this.#counters.events_given_up++;
          this.#log.error({ call_id, event, reason: reasonOf(error) }, 'could not report an event: gave up');
          return;
        }
        this.#log.warn({ call_id, event, reason: reasonOf(error) }, 'could not report an event: trying again');
        await new Promise<void>((resolve) => this.#clock.after(pause, resolve));
      }
    }
  }
}
