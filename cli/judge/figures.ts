import type { Judgement } from '../../domain/judge.ts';
import type { LabelledTalk } from './talk-line.ts';

/** How a decision stands to the truth. `otherwise`: another result than `confirmed`. */
export type Standing = 'rightly' | 'wrongly' | 'left' | 'otherwise';

export interface Count extends Record<Standing, number> {
  talks: number;
  /** Results other than `confirmed` that are the truth's. */
  same: number;
}

/** More would be names of talks rather than kinds. */
const MOST_KINDS = 200;
const WITHOUT_KIND = '(no kind)';
const OTHER_KINDS = '(other kinds)';

const empty = (): Count => ({ talks: 0, rightly: 0, wrongly: 0, left: 0, otherwise: 0, same: 0 });

export const standing = ({ result, confirmed_date, confirmed_time }: Judgement, truth: Truth): Standing => {
  if (result === 'needs_review') return 'left';
  if (result !== 'confirmed') return 'otherwise';
  const right = truth.result === 'confirmed' && truth.date === confirmed_date && truth.time === confirmed_time;
  return right ? 'rightly' : 'wrongly';
};

type Truth = NonNullable<LabelledTalk['truth']>;

/** What became of the talks whose truth is known. */
export class Figures {
  readonly all = empty();
  readonly kinds = new Map<string, Count>();
  /** True appointments, and those among them whose report has their day and time. */
  appointments = 0;
  reported_rightly = 0;
  /** Confirmed ones of those. */
  carried = 0;

  note({ talk, kind = WITHOUT_KIND }: LabelledTalk, truth: Truth, judgement: Judgement): void {
    const stands = standing(judgement, truth);
    for (const count of [this.all, this.of(kind)]) {
      count.talks += 1;
      count[stands] += 1;
      if (stands === 'otherwise' && judgement.result === truth.result) count.same += 1;
    }
    if (truth.result !== 'confirmed') return;
    this.appointments += 1;
    if (!saysTheSame(talk.report, truth)) return;
    this.reported_rightly += 1;
    if (stands === 'rightly') this.carried += 1;
  }

  private of(kind: string): Count {
    const name = this.kinds.has(kind) || this.kinds.size < MOST_KINDS ? kind : OTHER_KINDS;
    let count = this.kinds.get(name);
    if (!count) {
      count = empty();
      this.kinds.set(name, count);
    }
    return count;
  }
}

const saysTheSame = (report: LabelledTalk['talk']['report'], { date, time }: Truth): boolean =>
  report !== null && report !== 'unusable' && report.confirmed_date === date && report.confirmed_time === time;
