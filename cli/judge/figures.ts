import type { Judgement } from '../../domain/judge.ts';
import type { LabelledTalk } from './talk-line.ts';

/** A decision compared with the truth. `left`: to a person. `otherwise`: another result than `confirmed`. */
export type Standing = 'rightly' | 'wrongly' | 'left' | 'otherwise';

export interface Count extends Record<Standing, number> {
  talks: number;
  /** Results other than `confirmed` that match the truth. */
  same: number;
}

/** More kinds would be names of single talks. */
const MAX_KINDS = 200;
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

/** The decisions about talks with a known truth. */
export class Figures {
  readonly all = empty();
  readonly kinds = new Map<string, Count>();
  /** True appointments, and those of them whose report has the right day and time. */
  appointments = 0;
  reported_rightly = 0;
  /** Those of them that were confirmed. */
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
    const name = this.kinds.has(kind) || this.kinds.size < MAX_KINDS ? kind : OTHER_KINDS;
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
