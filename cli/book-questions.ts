import { cancel, intro, isCancel, text } from '@clack/prompts';
import { badUsage, CliFailure } from './failure.ts';
import { EXIT } from './outcome.ts';

/** The values of a booking. */
export interface Wish {
  business?: string;
  phone?: string;
  service?: string;
  user?: string;
  date?: string;
  time?: string;
  requests?: string;
}

type Needed = 'business' | 'phone' | 'service' | 'user';

const NEEDED: readonly { name: Needed; question: string; example: string }[] = [
  { name: 'business', question: 'Which business should be called?', example: 'Clínica Dental Sur' },
  { name: 'phone', question: 'Its phone number, with country code', example: '+541143211234' },
  { name: 'service', question: 'What is the appointment for?', example: 'dentista' },
  { name: 'user', question: 'In whose name?', example: 'Mauro' },
];
const OPTIONAL = [
  { name: 'date', question: 'Which day? (empty: any)', example: 'mañana' },
  { name: 'time', question: 'What time? (empty: any)', example: 'por la tarde' },
] as const;

/**
 * Asks on a terminal for missing values.
 * @throws CliFailure that names the missing flags if there is no terminal.
 */
export async function askForMissing(given: Wish): Promise<Wish & Required<Pick<Wish, Needed>>> {
  const missing = NEEDED.filter(({ name }) => !given[name]);
  const wish: Wish = { ...given };
  if (missing.length === 0) return wish as Wish & Required<Pick<Wish, Needed>>;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    const flags = missing.map(({ name }) => `--${name}`).join(', ');
    throw badUsage(`Missing: ${flags}. There is no terminal to ask on; vocero book --help explains each flag.`);
  }
  intro('A new booking');
  for (const { name, question, example } of missing) {
    wish[name] = await ask(question, example, (value) => refusalOf(name, value));
  }
  for (const { name, question, example } of OPTIONAL)
    if (wish[name] === undefined) wish[name] = await ask(question, example);
  return wish as Wish & Required<Pick<Wish, Needed>>;
}

function refusalOf(name: Needed, value: string | undefined): string | undefined {
  if (!value?.trim()) return 'Please answer this.';
  if (name === 'phone' && !/^\+[1-9]\d{6,14}$/.test(value.trim()))
    return 'Use + and digits only, for example +541143211234.';
  return undefined;
}

async function ask(message: string, placeholder: string, validate?: (value: string | undefined) => string | undefined) {
  const answer = await text({ message, placeholder, ...(validate && { validate }) });
  if (isCancel(answer)) {
    cancel('Nothing was booked.');
    // clack has already printed it.
    throw new CliFailure('', EXIT.interrupted, { code: 'interrupted' });
  }
  return (answer ?? '').trim();
}
