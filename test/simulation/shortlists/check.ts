import type { ShortlistEvent } from '../../../domain/shortlist/view.ts';
import type { TrueLeg } from '../truth.ts';
import type { Child } from './child.ts';
import type { Played } from './world.ts';

/** From the acknowledged cancel on a dial of a booking may be on its way for so long, as the booking's own checks allow. */
const ON_ITS_WAY_MS = 100;
/** An appointment by a call of the business reaches the run through two activities, each of which may be repeated. */
const REACTION_MS = 15 * 60_000;

const beganAt = (leg: TrueLeg): number => (leg.inbound ? (leg.answered_at ?? Infinity) : (leg.rang_at ?? Infinity));
const isAt = (leg: TrueLeg, at: number): boolean => beganAt(leg) <= at && (leg.ended_at ?? Infinity) > at;

const others = ({ children }: Played, child: Child): Child[] => children.filter((one) => one !== child);
const dialsOf = (child: Child): number[] => child.run.world.requests.map(({ at }) => at);

function onePhone(played: Played): string | undefined {
  for (const child of played.children) {
    for (const leg of child.legs.filter((one) => !one.inbound)) {
      const at = beganAt(leg);
      const other = others(played, child).find((one) => one.legs.some((busy) => isAt(busy, at)));
      if (other && Number.isFinite(at)) return `${child.id} rings while ${other.id} rings or talks`;
    }
  }
  return undefined;
}

/** From when to when nobody else may be rung because of this booking. */
function closedBy(child: Child): { from: number; to: number; why: string }[] {
  const spans: { from: number; to: number; why: string }[] = [];
  const decided = (after: number): number =>
    child.reviews.find(({ at, result }) => at >= after && result === 'declined')?.at ?? Infinity;
  // An erased one that was read before says nothing any more; one that was not ends the shortlist.
  if (child.result === 'confirmed') spans.push({ from: child.endedAt, to: Infinity, why: 'it is confirmed' });
  if (child.result === 'needs_review')
    spans.push({ from: child.endedAt, to: decided(child.endedAt), why: 'it is in doubt' });
  if (child.reviews.some(({ result }) => result === 'confirmed')) {
    const { at } = child.reviews.find(({ result }) => result === 'confirmed')!;
    spans.push({ from: at, to: Infinity, why: 'its review confirms it' });
  }
  if (child.gave) spans.push({ from: child.heardAt, to: Infinity, why: 'word of its appointment has come' });
  const { rangBack } = child;
  if (rangBack && rangBack.says !== 'nothing')
    spans.push({
      from: rangBack.at,
      to: rangBack.says === 'gives' ? Infinity : decided(rangBack.at),
      why: 'it rang back',
    });
  return spans;
}

function nobodyAfterAnAppointment(played: Played): string | undefined {
  for (const child of played.children) {
    for (const { from, to, why } of closedBy(child)) {
      for (const other of others(played, child)) {
        if (other.startedAt > from && other.startedAt < to && !isSameMoment(other.startedAt, from))
          return `${other.id} is placed though of ${child.id} ${why}`;
        const slack = why === 'it rang back' ? REACTION_MS + outages(played) : 0;
        if (dialsOf(other).some((at) => at > from + slack && at < to))
          return `${other.id} is rung though of ${child.id} ${why}`;
      }
    }
  }
  return undefined;
}

const isSameMoment = (a: number, b: number): boolean => Math.abs(a - b) < 1;
const outages = ({ plan }: Played): number =>
  [...plan.standstills, ...plan.database_outages].reduce((sum, { for_ms }) => sum + for_ms, 0) +
  // A run that is gone or set back looks for itself once more.
  (plan.gone_at_ms.length + plan.set_backs.length) * 75 * 60_000 +
  plan.fates.filter((fate) => fate !== 'none').length * 2 * 60_000;

function confirmedIsTrue({ stored, children, erased }: Played): string | undefined {
  const outcome = stored?.progress.outcome;
  if (outcome?.result !== 'confirmed') return undefined;
  const child = children.find(({ id }) => id === outcome.booking_id);
  if (!child) return 'confirmed, by a booking that there is not';
  if (child.candidate !== outcome.candidate) return 'confirmed, by another candidate';
  const reviewed = child.reviews.at(-1)?.result === 'confirmed';
  const rang = child.rangBack?.says === 'gives';
  const simulated = child.run.outcome?.result === 'confirmed' && child.run.outcome.channel === 'simulation';
  if (simulated !== outcome.simulated) return `simulated is ${outcome.simulated}`;
  if (!child.gave && !reviewed && !rang && !simulated) return `confirmed, though ${child.id} gave no appointment`;
  const { confirmed_date, confirmed_time } = child.run.outcome ?? {};
  const isOwn = child.gave || simulated;
  if (isOwn && (confirmed_date !== outcome.confirmed_date || confirmed_time !== outcome.confirmed_time))
    return 'confirmed for another moment';
  if (child.gave && !outcome.proof && !erased.has(child.id)) return 'confirmed without its proof';
  return undefined;
}

function askedOnce({ children, plan }: Played): string | undefined {
  for (const [i] of plan.candidates.entries()) {
    const own = children.filter(({ candidate }) => candidate === i + 1);
    for (const [n, child] of own.entries()) {
      const before = own[n - 1];
      if (!before || child.order.escalation.simulation.enabled) continue;
      const wished = before.run.outcome?.result === 'callback_requested';
      if (!wished && before.legs.length > 0) return `candidate ${i + 1} is asked again by ${child.id}`;
      const { callback_at } = before.run.outcome ?? {};
      const due = callback_at ? Date.parse(callback_at) : 0;
      if (wished && dialsOf(child).some((at) => at < due - 1_000)) return `${child.id} calls before its time`;
    }
    const calls = own.filter(({ order }) => !order.escalation.simulation.enabled).length;
    const untouched = own.filter(({ legs }) => legs.length === 0).length;
    if (calls > 1 + untouched + (plan.callback.enabled ? plan.callback.max_callbacks : 0))
      return `candidate ${i + 1} is asked ${calls} times`;
  }
  return undefined;
}

function cancelIsObeyed({ canceledAt, children, stored }: Played): string | undefined {
  if (canceledAt === undefined) return undefined;
  const late = children.find(
    (child) => child.startedAt > canceledAt || dialsOf(child).some((at) => at > canceledAt + ON_ITS_WAY_MS),
  );
  if (late) return `${late.id} is placed or rung after the cancel`;
  const { outcome } = stored?.progress ?? {};
  // Another end was being written when the cancel came.
  const wasOver = children.every(({ endedAt }) => endedAt < canceledAt);
  if (outcome && !['canceled', 'confirmed'].includes(outcome.result) && !wasOver)
    return `canceled, and it ends as ${outcome.result}`;
  return undefined;
}

function decideByIsObeyed({ beginning, plan, children }: Played): string | undefined {
  const by = beginning + plan.decide_by_ms;
  const late = children.find((child) => dialsOf(child).some((at) => at > by));
  return late && `${late.id} is rung after decide_by`;
}

/** A person has to decide about this booking, and nobody did. */
const isDoubtful = (child: Child): boolean => {
  const { rangBack } = child;
  if (rangBack?.says === 'doubtful' && child.result !== 'confirmed')
    return !child.reviews.some(({ at }) => at >= rangBack.at);
  return child.result === 'needs_review' && child.reviews.length === 0;
};

function alwaysEnds({ stored, children, erased, isQuiet }: Played): string | undefined {
  if (!stored) return 'it is not on record';
  if (stored.progress.outcome) return undefined;
  const doubt = children.find((child) => isDoubtful(child) && !erased.has(child.id));
  if (!doubt) return `it does not end${isQuiet ? '' : ' in three weeks'}: ${JSON.stringify(stored.progress)}`;
  if (stored.progress.status !== 'needs_review')
    return `it is halted by ${doubt.id} and shows ${stored.progress.status}`;
  return undefined;
}

function eventsAgree({ stored, events }: Played): string | undefined {
  if (!stored) return undefined;
  const { progress } = stored;
  const all = events.map(({ event }) => event);
  const finals = all.filter(({ type }) => type === 'final');
  if (finals.length !== (progress.outcome ? 1 : 0)) return `${finals.length} final events`;
  const [final] = finals as (ShortlistEvent & { type: 'final' })[];
  const { proof: _, ...said } = final?.outcome ?? {};
  const { proof: __, ...shown } = progress.outcome ?? {};
  if (final && JSON.stringify(said) !== JSON.stringify(shown)) return 'the final event has another outcome';
  if (final && all.at(-1) !== final) return 'an event follows the final one';
  const status = all.findLast((one) => one.type === 'status')?.status ?? 'queued';
  if (status !== progress.status) return `the events end with ${status}, and it is ${progress.status}`;
  for (const [i, { status: is, result }] of progress.candidates.entries()) {
    const last = all.findLast((one) => one.type === 'candidate' && one.candidate === i + 1) as
      | (ShortlistEvent & { type: 'candidate' })
      | undefined;
    if ((last?.status ?? 'not_asked') !== is || (last?.result ?? null) !== result)
      return `the events leave candidate ${i + 1} ${last?.status} ${last?.result}, and it is ${is} ${result}`;
  }
  return undefined;
}

function toldOnce({ stored, told, plan, erased }: Played): string | undefined {
  const wanted = plan.has_callback_url && stored?.progress.outcome;
  if (new Set(told.map(({ id, body }) => `${id} ${body}`)).size > 1) return 'its client is told two things';
  if (told.length > 0 && !wanted) return 'its client is told of an end that there is not';
  if (wanted && told.length === 0 && erased.size === 0) return 'its client is never told';
  return undefined;
}

function simulatedLast({ children }: Played): string | undefined {
  const simulated = children.find(({ run }) => run.simulations.length > 0);
  if (!simulated) return undefined;
  const rang = children.find(({ rang }) => rang);
  return rang && `${simulated.id} simulates though ${rang.id} rang`;
}

export const SHORTLIST_GUARANTEES = {
  one_phone_at_a_time: {
    sentence: 'At most one candidate’s phone rings or talks at any time, over all bookings of a shortlist.',
    check: onePhone,
  },
  nobody_after_an_appointment: {
    sentence:
      'Nobody else is placed or rung from the moment on at which there is, or may be, an appointment, until a person decides that there is none.',
    check: nobodyAfterAnAppointment,
  },
  confirmed_is_true: {
    sentence: 'A confirmed shortlist names the booking whose business really gave the appointment.',
    check: confirmedIsTrue,
  },
  asked_once: {
    sentence: 'No candidate is asked twice, but for a call that it asked for, and not before its time.',
    check: askedOnce,
  },
  cancel_is_obeyed: { sentence: 'After an acknowledged cancel nobody is placed or rung.', check: cancelIsObeyed },
  decide_by_is_obeyed: { sentence: 'After decide_by nobody is rung.', check: decideByIsObeyed },
  always_ends: {
    sentence: 'It ends once the world is quiet, or shows that a booking waits for its review.',
    check: alwaysEnds,
  },
  events_agree: { sentence: 'Events and GET agree, with one final event.', check: eventsAgree },
  told_once: { sentence: 'Its client gets one message about its end.', check: toldOnce },
  simulated_last: { sentence: 'A simulation comes only where no candidate’s phone rang.', check: simulatedLast },
} satisfies Record<string, { sentence: string; check: (played: Played) => string | undefined }>;

export type ShortlistGuarantee = keyof typeof SHORTLIST_GUARANTEES | 'plays';

export interface ShortlistViolation {
  guarantee: ShortlistGuarantee;
  why: string;
}

export function violationsOf(played: Played): ShortlistViolation[] {
  if (played.broke !== undefined) return [{ guarantee: 'plays', why: played.broke }];
  return Object.entries(SHORTLIST_GUARANTEES).flatMap(([guarantee, { check }]) => {
    const why = check(played);
    return why === undefined ? [] : [{ guarantee: guarantee as ShortlistGuarantee, why }];
  });
}
