import { useQueryClient } from '@tanstack/preact-query';
import { useEffect, useState } from 'preact/hooks';
import { Unreachable } from '../api/ask.ts';
import { useWords } from '../language/language.ts';

/** Whether the last answer of any read that goes on by itself was none. */
function useLost(): boolean {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const look = () => {
      const active = client
        .getQueryCache()
        .getAll()
        .filter((query) => query.isActive());
      setLost(
        active.some(
          (query) => query.state.error instanceof Unreachable || query.state.fetchFailureReason instanceof Unreachable,
        ),
      );
    };
    return client.getQueryCache().subscribe(look);
  }, [client]);
  return lost;
}

/** Says that what is shown may be old, as long as it may be. */
export function Connection() {
  const words = useWords();
  const lost = useLost();
  return (
    <div role="alert" class="lost-place">
      {lost && <p class="lost">{words.lost}</p>}
    </div>
  );
}
