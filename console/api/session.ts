import { QueryClient, useQuery } from '@tanstack/preact-query';
import type { Session } from './answers.ts';
import { ApiProblem, ask, Unreachable } from './ask.ts';

const SESSION = ['session'];

/** A refused cookie ends the session on any page; the shell then shows the sign-in. */
function onError(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.status !== 401) return;
  signedOut();
}

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (times, error) => !(error instanceof ApiProblem) && !(error instanceof Unreachable) && times < 1,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false, onError },
  },
});
queries.getQueryCache().config.onError = onError;

export function signedOut(): void {
  queries.setQueryData<Session>(SESSION, (before) => before && { ...before, signed_in: false });
}

export const useSession = () =>
  useQuery({ queryKey: SESSION, queryFn: () => ask<Session>('/console/session'), staleTime: Infinity });

export const sessionChanged = (): Promise<void> => queries.invalidateQueries({ queryKey: SESSION });
