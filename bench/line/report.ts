import { CHANNELS, MEETINGS, type Meeting } from './cases.ts';
import type { Played } from './play.ts';

/** Of the calls that meet something on the line, more than this share end with the right result: the aim. */
export const AIM = 0.95;

export const shareOf = (played: readonly Played[]): number =>
  played.filter(({ wrong }) => wrong === undefined).length / played.length;

const cell = (played: readonly Played[]): string =>
  `${played.filter(({ wrong }) => wrong === undefined).length} of ${played.length}`;

const of = (played: readonly Played[], { code }: Meeting): Played[] =>
  played.filter((one) => one.case.meeting.code === code);

/** Right results by what was met and by channel, and each wrong one. */
export function reportLines(played: readonly Played[], seconds: number): string[] {
  const wide = Math.max(...MEETINGS.map(({ name }) => name.length));
  const rows = MEETINGS.filter((meeting) => of(played, meeting).length > 0).map((meeting) => {
    const met = of(played, meeting);
    const cells = CHANNELS.map((channel) => cell(met.filter((one) => one.case.channel === channel)).padEnd(14));
    return `  ${meeting.name.padEnd(wide)}  ${cells.join('')}${cell(met)}`;
  });
  const wrong = played.filter((one) => one.wrong !== undefined);
  const share = shareOf(played);
  return [
    `right results of ${played.length} bookings whose calls met something on the line (${seconds.toFixed(0)} s)`,
    `  ${''.padEnd(wide)}  ${CHANNELS.map((channel) => channel.padEnd(14)).join('')}all`,
    ...rows,
    ...wrong.flatMap(({ case: { meeting, channel, order }, id, wrong: why, turns = [] }) => [
      `  WRONG ${meeting.name}, ${channel}, ${id}: ${why}`,
      `    ${JSON.stringify(order)}`,
      ...turns.map((turn) => `    ${turn}`),
    ]),
    `aim, more than ${AIM * 100} %: ${share > AIM ? 'met' : 'NOT met'} (${(share * 100).toFixed(1)} %)`,
  ];
}
