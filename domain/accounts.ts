/**
 * For whom an installation makes calls: its mode and its accounts at the providers. A booking belongs to those that accepted it; under
 * others nothing of it is dialed, asked about, hung up or simulated.
 */
export interface Accounts {
  mode: 'sandbox' | 'live' | 'simulation';
  /** Twilio's account. */
  twilio: string | null;
  /** ElevenLabs' caller agent. Its id is unique over all workspaces, so it names the workspace too; an API key may be replaced. */
  elevenlabs: string | null;
  /** The providers are played on this machine (base URLs that lead to loopback). */
  played: boolean;
  /** The number that calls leave from; only the account owns it, so another one may go on with a booking. */
  caller: string | null;
}

/**
 * True when `present` may go on with what `own` accepted. Bookings that are older than this record have no `own`: of those only
 * `sandbox` is known. The sandbox's ids and numbers are made anew with each start, so there the mode is enough.
 */
export function mayAct(present: Accounts, own: Accounts | undefined, sandbox: boolean): boolean {
  if (!own) return (present.mode === 'sandbox') === sandbox;
  if (own.mode !== present.mode) return false;
  if (own.mode === 'sandbox') return true;
  return own.twilio === present.twilio && own.elevenlabs === present.elevenlabs && own.played === present.played;
}

/** Whose they are, in a few words for a log or a terminal; no secret. */
export function nameOfAccounts({ mode, twilio, elevenlabs, played }: Accounts): string {
  if (mode === 'sandbox') return 'the sandbox';
  const ids = [twilio && `Twilio account ${twilio}`, elevenlabs && `ElevenLabs agent ${elevenlabs}`].filter(Boolean);
  return `${mode} mode with ${ids.join(' and ')}${played ? ', played on this machine' : ''}`;
}

/** How many open bookings a mode and account has; `accounts` undefined: of bookings older than that record, as in `mayAct`. */
export interface OpenOfAccounts {
  accounts: Accounts | undefined;
  sandbox: boolean;
  count: number;
}

/** Those that `present` cannot go on with. */
export const ofOthers = (present: Accounts, open: readonly OpenOfAccounts[]): OpenOfAccounts[] =>
  open.filter(({ accounts, sandbox, count }) => count > 0 && !mayAct(present, accounts, sandbox));

/** One sentence for operators, with what to do. */
export function tellOfOthers({ accounts, sandbox, count }: OpenOfAccounts): string {
  const owner = accounts ? nameOfAccounts(accounts) : sandbox ? 'the sandbox' : 'live or simulation mode';
  const many = `${count} open bookings belong to ${owner}: they wait for it and end with their budgets. Start with its settings to let them go on, or cancel them.`;
  const one = `1 open booking belongs to ${owner}: it waits for it and ends with its budget. Start with its settings to let it go on, or cancel it.`;
  return count === 1 ? one : many;
}
