/**
 * Mode and provider accounts for which an installation makes calls. A booking belongs to the accounts that accepted it. Under other
 * accounts, nothing of it is dialed, reconciled, hung up or simulated.
 */
export interface Accounts {
  mode: 'sandbox' | 'live' | 'simulation';
  /** Id of the Twilio account. */
  twilio: string | null;
  /** Id of ElevenLabs' caller agent. It is unique over all workspaces, so it identifies the workspace, too; an API key may be replaced. */
  elevenlabs: string | null;
  /** True when the providers are simulated on this machine (base URLs with a loopback address). */
  played: boolean;
  /** The number that calls come from. Only the account owns it, so a process with another number of the account may continue a booking. */
  caller: string | null;
}

/**
 * True when `present` may continue a booking that `own` accepted. Bookings that are older than this record have no `own`: only `sandbox` is
 * known of them. The sandbox creates new ids and numbers at each start, so for it the mode is enough.
 */
export function mayAct(present: Accounts, own: Accounts | undefined, sandbox: boolean): boolean {
  if (!own) return (present.mode === 'sandbox') === sandbox;
  if (own.mode !== present.mode) return false;
  if (own.mode === 'sandbox') return true;
  return own.twilio === present.twilio && own.elevenlabs === present.elevenlabs && own.played === present.played;
}

/** Short description of the accounts for a log or a terminal. Contains no secret. */
export function nameOfAccounts({ mode, twilio, elevenlabs, played }: Accounts): string {
  if (mode === 'sandbox') return 'the sandbox';
  const ids = [twilio && `Twilio account ${twilio}`, elevenlabs && `ElevenLabs agent ${elevenlabs}`].filter(Boolean);
  return `${mode} mode with ${ids.join(' and ')}${played ? ', played on this machine' : ''}`;
}

/** Number of open bookings of a mode and account. `accounts` undefined: bookings older than that record, as in `mayAct`. */
export interface OpenOfAccounts {
  accounts: Accounts | undefined;
  sandbox: boolean;
  count: number;
}

/** The open bookings that `present` cannot continue. */
export const ofOthers = (present: Accounts, open: readonly OpenOfAccounts[]): OpenOfAccounts[] =>
  open.filter(({ accounts, sandbox, count }) => count > 0 && !mayAct(present, accounts, sandbox));

/** One sentence for operators, with the remedy. */
export function tellOfOthers({ accounts, sandbox, count }: OpenOfAccounts): string {
  const owner = accounts ? nameOfAccounts(accounts) : sandbox ? 'the sandbox' : 'live or simulation mode';
  const many = `${count} open bookings belong to ${owner}: they wait for it and end with their budgets. Start with its settings to let them go on, or cancel them.`;
  const one = `1 open booking belongs to ${owner}: it waits for it and ends with its budget. Start with its settings to let it go on, or cancel it.`;
  return count === 1 ? one : many;
}
