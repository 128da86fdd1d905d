import { type Act, useActs } from '../api/operating.ts';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';

/** The operator who canceled or erased a booking; empty where a client did, or a key without a name. */
export function ActsOf({ booking, act }: { booking: string; act: Act['act'] }) {
  const words = useWords();
  const done = useActs(booking).data?.data.find((one) => one.act === act && one.by !== null);
  if (!done) return null;
  return (
    <p class="small">
      {wordFor(words.acts, act)} {words.acts.by(done.by!, moment(words.language, done.at, Date.now()))}
    </p>
  );
}
