import { writeFile } from 'node:fs/promises';
import { plainLine } from '../config/log-lines.ts';
import { ApiClient, notTheApi } from './api-client.ts';
import { CliFailure, USAGE } from './failure.ts';
import { whereIsApi } from './where.ts';

async function calendarFile(client: ApiClient, id: string): Promise<string> {
  const path = `/v1/bookings/${encodeURIComponent(id)}/calendar.ics`;
  const text = await client.fetch(path, (response) => response.text().catch(() => ''));
  if (text.startsWith('BEGIN:VCALENDAR\r\n') && text.trimEnd().endsWith('END:VCALENDAR')) return text;
  throw notTheApi(`${client.url} answers with something that is not a calendar file.`);
}

/** As it is, but for characters that a terminal would obey. */
const printable = (text: string): string =>
  text
    .split('\r\n')
    .map(plainLine)
    .join(process.stdout.isTTY ? '\n' : '\r\n');

/** `vocero calendar ID`. Returns the exit code. */
export async function runCalendar(id: string, flags: { output?: string }): Promise<number> {
  const text = await calendarFile(new ApiClient(whereIsApi()), id);
  if (flags.output === undefined) {
    process.stdout.write(printable(text));
    return 0;
  }
  await writeFile(flags.output, text).catch((error: NodeJS.ErrnoException) => {
    throw new CliFailure(`Could not write ${plainLine(flags.output!)}: ${plainLine(error.message)}`, USAGE, {
      code: 'not_written',
    });
  });
  const simulated = /^SUMMARY:SIMULATED/m.test(text) ? ' It is simulated: no such appointment exists.' : '';
  console.log(`Wrote ${plainLine(flags.output)}.${simulated}`);
  return 0;
}
