import { useEffect, useState } from 'preact/hooks';
import type { BudgetView } from '../../domain/budgets-view.ts';
import { ChannelBadge } from '../bookings/badges.tsx';
import { useWords, wordFor } from '../language/language.ts';
import { duration } from '../language/times.ts';

const TICK_MS = 1_000;

function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

interface Spending {
  budgets: BudgetView[];
  running: boolean;
  /** Outside the calling window or without the line: the budget stands still. */
  still: boolean;
}

/** The remaining budget and attempts of each phone channel; for a final booking, the attempts that it took. */
export function Budgets({ budgets, running, still }: Spending) {
  const words = useWords();
  const now = useNow(running);
  return (
    <ul class="budgets" aria-label={words.budget.title}>
      {budgets
        .filter((budget) => budget.enabled)
        .map((budget) => {
          const { channel, budget_seconds, ends_at, attempts, max_attempts } = budget;
          const left = ends_at
            ? Math.max(0, Math.min(budget_seconds, (Date.parse(ends_at) - now) / 1000))
            : budget_seconds;
          const says = !running
            ? undefined
            : !ends_at
              ? words.budget.notStarted(duration(words, budget_seconds))
              : left === 0
                ? words.budget.spent
                : words.budget.left(duration(words, left));
          return (
            <li key={channel}>
              <ChannelBadge channel={channel} />
              {running && (
                <meter
                  min={0}
                  max={budget_seconds}
                  value={left}
                  aria-label={`${words.budget.title}: ${wordFor(words.channel, channel)}`}
                />
              )}
              <span class="small">
                {says}
                {says && still && ends_at && ` (${words.budget.still})`}
                {says && ' · '}
                {words.budget.attempts(attempts, max_attempts)}
              </span>
            </li>
          );
        })}
    </ul>
  );
}
