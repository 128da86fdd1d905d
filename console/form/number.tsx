import { useRef, useState } from 'preact/hooks';
import { Link } from 'wouter-preact';
import { type NumberMeant, readNumber } from '../api/operating.ts';
import { useWords, wordFor } from '../language/language.ts';
import { moment } from '../language/times.ts';

/** Digits from which on a text may be a whole number. */
const FEWEST_DIGITS = 6;
const TYPING_MS = 500;

const isWorthAsking = (typed: string): boolean => typed.replace(/\D/g, '').length >= FEWEST_DIGITS;

interface Understood {
  typed: string;
  meant: NumberMeant;
}

/** The number that is typed into a form, as the API understands it. */
export interface UnderstoodNumber {
  shown: Understood | undefined;
  /** The text has changed: the API is asked once it stands still. */
  typing: (typed: string) => void;
  /** The button is pressed: nothing appears above it until the press has ended, or the pointer would miss it. */
  hold: () => void;
  /** Asks now, unless the answer is known. Undefined: no answer; the number is sent as it is typed. */
  read: (typed: string) => Promise<NumberMeant | undefined>;
}

export function useNumber(): UnderstoodNumber {
  const [shown, setShown] = useState<Understood>();
  const newest = useRef('');
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const read = async (text: string): Promise<NumberMeant | undefined> => {
    const typed = text.trim();
    clearTimeout(timer.current);
    newest.current = typed;
    if (!isWorthAsking(typed)) {
      setShown(undefined);
      return undefined;
    }
    const meant = await readNumber(typed).catch(() => undefined);
    if (newest.current === typed) setShown(meant && { typed, meant });
    return meant;
  };
  const typing = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() !== newest.current) setShown(undefined);
    newest.current = text.trim();
    timer.current = setTimeout(() => void read(text), TYPING_MS);
  };
  const hold = () => {
    clearTimeout(timer.current);
    newest.current = '';
  };
  return { shown, typing, hold, read };
}

/** The number that will be called, or those that may be meant, and a warning of bookings that call it already. */
export function NumberNote({ shown, take }: Pick<UnderstoodNumber, 'shown'> & { take?: (number: string) => void }) {
  const words = useWords();
  const { form: f, language } = words;
  const meant = shown?.meant;
  const open = meant?.open_bookings ?? [];
  const place = meant?.country && new Intl.DisplayNames([language], { type: 'region' }).of(meant.country);
  return (
    <div role="status" class="number-note">
      {meant?.written && !meant.problem && (
        <p class="hint">
          {f.willCall} <strong>{meant.written}</strong>
          {place && ` (${place})`}
        </p>
      )}
      {meant && !meant.number && take && meant.suggestions.length > 1 && (
        <div class="phone-help">
          {meant.suggestions.map((number) => (
            <button type="button" key={number} onClick={() => take(number)}>
              {f.takeNumber(number)}
            </button>
          ))}
        </div>
      )}
      {open.length > 0 && (
        <div class="note">
          <p>{f.alreadyOpen(open.length)}</p>
          <ul>
            {open.map((one) => (
              <li key={one.id}>
                <Link href={`/bookings/${one.id}`}>
                  {one.service_type}, {one.user_name}
                </Link>{' '}
                ({wordFor(words.status, one.status)}, {moment(language, one.created_at, Date.now())})
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
