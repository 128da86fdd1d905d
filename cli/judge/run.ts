import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { judge } from '../../domain/judge.ts';
import { badUsage, CliFailure, USAGE } from '../failure.ts';
import { jsonOf, plain } from '../foreign.ts';
import { ProgressLine } from '../progress-line.ts';
import { Figures, standing } from './figures.ts';
import { type Line, LONGEST_LINE, linesOf } from './lines.ts';
import { write } from './output.ts';
import { type LabelledTalk, type LineProblem, readLine } from './talk-line.ts';
import { falseRow, figureLines, row } from './text.ts';

interface Flags {
  json?: boolean;
  figures?: boolean;
}

/** At most this many are in the document at the end; standard error has all. */
const MAX_PROBLEMS = 100;
const PROGRESS_EVERY = 1_000;
const FALSE_CONFIRMATION = 1;

interface Tally {
  figures: Figures;
  lines: number;
  bad: number;
  problems: (LineProblem & { file: string; line: number })[];
}

/** `vocero judge`. Returns the exit code: 1 if it made a false confirmation. Throws at the end if a line could not be read. */
export async function runJudge(files: readonly string[], flags: Flags): Promise<number> {
  for (const file of files) await refuseUnreadable(file);
  const tally: Tally = { figures: new Figures(), lines: 0, bad: 0, problems: [] };
  // A table on the same terminal shows progress by itself.
  const progress = process.stdout.isTTY && !flags.figures ? undefined : new ProgressLine(process.stderr);
  try {
    for (const file of files) await judgeFile(file, flags, tally, progress);
  } finally {
    progress?.end();
  }
  const { figures, lines, bad, problems } = tally;
  if (lines === 0)
    throw badUsage(`${files.join(', ')}: there is no talk in it; write one talk per line, as docs/cli.md describes`);
  if (figures.all.talks > 0) {
    const told = figureLines(figures).join('\n');
    if (flags.json) console.error(told);
    else console.log(flags.figures ? told : `\n${told}`);
  }
  const code = figures.all.wrongly > 0 ? FALSE_CONFIRMATION : 0;
  if (bad === 0) return code;
  const message = `${bad} of ${lines} ${lines === 1 ? 'line' : 'lines'} could not be judged; the messages above say why.`;
  throw new CliFailure(message, code || USAGE, { code: 'usage', lines: problems });
}

async function judgeFile(file: string, flags: Flags, tally: Tally, progress?: ProgressLine): Promise<void> {
  const name = file === '-' ? 'standard input' : file;
  try {
    const source = await open(file);
    for await (const line of linesOf(source.stream)) {
      tally.lines += 1;
      if (tally.lines % PROGRESS_EVERY === 0) progress?.still(howFar(tally.lines, source.share()));
      const talk = talkOf(line);
      if (Array.isArray(talk)) tellProblems(name, line.number, talk, tally, progress);
      else await tellJudgement(talk, flags, tally);
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw badUsage(`${name} cannot be read: ${error.message}`);
    throw error;
  }
}

async function tellJudgement(one: LabelledTalk, flags: Flags, { figures }: Tally): Promise<void> {
  const { id, talk, truth } = one;
  const judgement = judge(talk);
  if (truth) figures.note(one, truth, judgement);
  const wrongly = truth && standing(judgement, truth) === 'wrongly';
  if (flags.json) await write(jsonOf({ id, ...judgement }));
  else if (wrongly || !flags.figures) await write(row(id, judgement));
  if (wrongly && !flags.json) await write(falseRow(truth));
}

function tellProblems(file: string, line: number, found: LineProblem[], tally: Tally, progress?: ProgressLine): void {
  tally.bad += 1;
  for (const problem of found) {
    const told = plain(`${file}, line ${line}: ${problem.field ? `${problem.field} ` : ''}${problem.message}`);
    if (progress) progress.print(told);
    else console.error(told);
    if (tally.problems.length < MAX_PROBLEMS) tally.problems.push({ file, line, ...problem });
  }
}

const talkOf = ({ text }: Line): LabelledTalk | LineProblem[] =>
  text === undefined
    ? [{ field: '', message: `is longer than ${LONGEST_LINE} bytes; write one talk per line` }]
    : readLine(text);

interface Source {
  stream: AsyncIterable<Buffer>;
  /** The share that is read, 0 to 1; undefined if the length is unknown. */
  share(): number | undefined;
}

/** Runs before anything is judged, so that a wrong name fails at once. */
async function refuseUnreadable(file: string): Promise<void> {
  if (file === '-') return;
  const found = await stat(file).catch((error: Error) => {
    throw badUsage(`${file} cannot be read: ${error.message}`);
  });
  if (found.isDirectory()) throw badUsage(`${file} is a folder; name the files in it`);
}

async function open(file: string): Promise<Source> {
  if (file === '-') return { stream: process.stdin, share: () => undefined };
  const { size } = await stat(file);
  const stream = createReadStream(file);
  return { stream, share: () => (size > 0 ? stream.bytesRead / size : undefined) };
}

function howFar(lines: number, share: number | undefined): string {
  const told = `${lines} talks judged`;
  return share === undefined ? told : `${told}, ${Math.floor(100 * share)} % of the file read`;
}
