import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import type { z } from 'zod';
import type { actSchema, figuresSchema, numberSchema, reviewsDueSchema } from '../../domain/schemas/operating.ts';
import type { Listed } from './answers.ts';
import { ask } from './ask.ts';

export type Figures = z.output<typeof figuresSchema>;
export type NumberMeant = z.output<typeof numberSchema>;
export type Act = z.output<typeof actSchema>;
type ReviewsDue = z.output<typeof reviewsDueSchema>;

const DUE_MS = 10_000;
const FIGURES_MS = 30_000;
const ACTS_MS = 10_000;

/** The bookings that wait for a person; also while the page is in the background, for notifications. */
export const useReviewsDue = (signedIn: boolean) =>
  useQuery({
    queryKey: ['reviews-due'],
    queryFn: () => ask<ReviewsDue>('/v1/reviews-due'),
    enabled: signedIn,
    refetchInterval: DUE_MS,
    refetchIntervalInBackground: true,
  });

/** Figures of the outcomes in `[from, before)`. */
export const useFigures = (from: Date, before: Date) => {
  const path = `/v1/figures?${new URLSearchParams({ from: from.toISOString(), before: before.toISOString() })}`;
  return useQuery({ queryKey: ['figures', path], queryFn: () => ask<Figures>(path), refetchInterval: FIGURES_MS });
};

/** The acts of operators; `booking`: those about this booking. */
export const useActs = (booking: string | undefined, enabled = true) =>
  useQuery({
    queryKey: ['acts', booking],
    queryFn: () =>
      ask<{ data: Act[] }>(`/v1/acts${booking === undefined ? '' : `?booking=${encodeURIComponent(booking)}`}`),
    enabled,
  });

/** The acts of operators that fit, with the names to choose from. */
export const useActsList = (only: Record<string, string>) => {
  const path = `/v1/acts?${new URLSearchParams(only)}`;
  return useQuery({
    queryKey: ['acts', path],
    queryFn: () => ask<Listed<Act> & { operators: string[] }>(path),
    refetchInterval: ACTS_MS,
    placeholderData: keepPreviousData,
  });
};

/** The number that a text means. @throws ApiProblem, Unreachable */
export const readNumber = (typed: string): Promise<NumberMeant> =>
  ask<NumberMeant>(`/v1/numbers?${new URLSearchParams({ typed })}`);
