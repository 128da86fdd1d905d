import { findingOf } from '../../../domain/judge.ts';
import { type Campaign, confirmedShare, failed, type KindCount } from './campaign.ts';
import type { Played } from './check.ts';
import { shrink } from './shrink.ts';

const percent = (share: number): string => (Number.isNaN(share) ? '-' : `${(100 * share).toFixed(1)} %`);

/** The figures of a campaign, the kinds that are read worst first. */
export function campaignLines(campaign: Campaign, seconds: number): string[] {
  const { talks, kinds, languages, reasons } = campaign;
  const given = [...kinds].filter(([, { due }]) => due > 0).sort(([, a], [, b]) => share(a) - share(b));
  const others = [...kinds].filter(([, { due }]) => due === 0).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    `talks: ${talks} in ${seconds.toFixed(1)} s; confirmed wrongly or not read: ${failed(campaign)}`,
    `  given appointments that are confirmed: ${percent(confirmedShare(campaign))} (es ${percent(share(languages.es))}, en ${percent(share(languages.en))})`,
    ...given.map(
      ([kind, { due, confirmed, wrongly, unread }]) =>
        `    ${percent(confirmed / due).padStart(8)}  ${kind}: ${confirmed} of ${due}${mistakes(wrongly, unread)}`,
    ),
    ...(reasons.size > 0 ? ['  the others are left to a person because'] : []),
    ...[...reasons].sort(([, a], [, b]) => b - a).map(([why, count]) => `    ${String(count).padStart(8)}  ${why}`),
    '  to be left to a person',
    ...others.map(
      ([kind, count]) => `    ${String(count.talks).padStart(8)}  ${kind}${mistakes(count.wrongly, count.unread)}`,
    ),
  ];
}

const share = ({ confirmed, due }: KindCount): number => confirmed / due;

const mistakes = (wrongly: number, unread: number): string =>
  [wrongly > 0 ? `, ${wrongly} CONFIRMED WRONGLY` : '', unread > 0 ? `, ${unread} NOT READ` : ''].join('');

/** A talk, what it is, what it was judged to be and why. */
export function talkLines({ talk, judgement, failure }: Played): string[] {
  const { seed, kind, region, turns, truth, talk: recorded } = talk;
  const { result, confirmed_date, confirmed_time, proof, why } = judgement;
  const finding = findingOf(recorded);
  return [
    `seed ${seed}, ${kind}, ${region}${failure ? `: ${failure === 'unread' ? 'NOT READ' : 'CONFIRMED WRONGLY'}` : ''}`,
    `  called on ${recorded.called_on} for ${JSON.stringify(recorded.request)}`,
    ...turns.map(
      ({ role, message, decisive }, at) =>
        `  ${String(at).padStart(3)} ${decisive ? '*' : ' '} ${role.padEnd(8)} ${message}`,
    ),
    `  report    ${JSON.stringify(recorded.report)}${recorded.analysis ? `, analysis ${JSON.stringify(recorded.analysis)}` : ''}`,
    `  truth     ${[truth.result, truth.day, truth.hour].filter(Boolean).join(' ')}`,
    `  judged    ${[result, confirmed_date, confirmed_time, proof?.level, why].filter(Boolean).join(' ')}`,
    ...(finding
      ? [
          `  read as   ${read(finding.date)}, ${read(finding.time)}; ${finding.level ?? 'not given'}; doubts: ${finding.doubts.map(({ code }) => code).join(' ') || '-'}`,
        ]
      : []),
  ];
}

const read = (agreed: { text: string; values: string[] } | undefined): string =>
  agreed ? `“${agreed.text}” ${agreed.values.join(' or ')}` : '-';

/** A failure, shrunk to what makes it fail. */
export function failureLines(played: Played): string[] {
  const small = shrink(played);
  return [
    ...talkLines(small),
    `  again     npm run simulate -- --talks 1 --seed ${played.talk.seed} --kind ${played.talk.kind} (with the ${played.talk.turns.length - small.talk.turns.length} turns that it does not need)`,
  ];
}
