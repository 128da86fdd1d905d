import { isInbound } from '../../domain/leg.ts';
import { sameReport } from '../../domain/result.ts';
import { callsIn, type Run } from './run.ts';
import type { TrueLeg } from './truth.ts';

/** What was noted of a call after the outcome, held against what its agent really reported. */
function isFollowed({ world, followed = [] }: Run, { call_id, reported }: TrueLeg): string | undefined {
  const heard = world.delivered.flatMap(({ evidence }) => (evidence.call_id === call_id ? [evidence] : []));
  const noted = followed.find((one) => one.call_id === call_id);
  if (!noted) return heard.length > 0 ? `nobody follows ${call_id}` : undefined;
  const { report } = noted;
  if (report && !reported.some((one) => sameReport(one, report)))
    return `${report.result} is noted, which no agent reported`;
  const told = heard.find(({ kind }) => kind === 'report');
  return !report && told ? `the report of ${call_id} is not noted` : undefined;
}

/** Whose call it is: the open booking's, a follow-up beside an outcome, or a stranger's. */
export function callersFindTheirBooking(run: Run): string | undefined {
  const { schedule, world } = run;
  if (schedule.ring_back?.stranger)
    return callsIn(run).some(isInbound) ? 'a stranger has joined the booking' : undefined;
  if (!world.follows || schedule.broken !== 'none') return undefined;
  for (const leg of world.legs) {
    const why = leg.follow_up && isFollowed(run, leg);
    if (why) return why;
  }
  return undefined;
}
