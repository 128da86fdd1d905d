import { mayAct } from '../domain/accounts.ts';
import type { Problem } from '../domain/evidence.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { Belongs } from './interface.ts';

/** True when this process works with the mode and accounts of the given thing. Other processes must leave it alone. */
export const actsFor = ({ accounts }: Pick<ActivityDependencies, 'accounts'>, belongs: Belongs | undefined): boolean =>
  // Absent only for things that an older build began.
  belongs === undefined || mayAct(accounts, belongs.accounts, belongs.sandbox);

export const OTHER_ACCOUNTS: Problem = {
  code: 'other_accounts',
  message:
    'The booking belongs to another mode or other accounts than this process works with: nobody is asked about it.',
};
