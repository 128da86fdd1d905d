import { useEffect, useRef, useState } from 'preact/hooks';
import { useWords } from '../language/language.ts';

const TYPING_MS = 250;

interface Given {
  given: URLSearchParams;
  turnTo: (changes: Record<string, string | undefined>) => void;
  filtered: boolean;
}

function Choice(props: { name: string; label: string; words: Record<string, string> } & Given) {
  const { list } = useWords();
  const { name, label, words, given, turnTo } = props;
  return (
    <label class="choice">
      <span>{label}</span>
      <select
        value={given.get(name) ?? ''}
        onChange={(event) => turnTo({ [name]: event.currentTarget.value, cursor: undefined })}
      >
        <option value="">{list.all}</option>
        {Object.entries(words).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Search and filters; they are part of the page's address, so that a view can be saved and shared. */
export function Filters(props: Given) {
  const words = useWords();
  const { given, turnTo, filtered } = props;
  const q = given.get('q') ?? '';
  const [typed, setTyped] = useState(q);
  const sent = useRef(q);
  useEffect(() => {
    if (q !== sent.current) {
      sent.current = q;
      setTyped(q);
    }
  }, [q]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      turnTo({ q: typed, cursor: undefined });
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <search class="filters">
      <label class="search">
        <span>{words.list.search}</span>
        <input
          type="search"
          value={typed}
          placeholder={words.list.searchHint}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <Choice {...props} name="status" label={words.list.status} words={words.status} />
      <Choice {...props} name="channel" label={words.list.channel} words={words.channel} />
      <Choice {...props} name="result" label={words.list.result} words={words.result} />
      <label class="choice">
        <span>{words.list.day}</span>
        <input
          type="date"
          value={given.get('day') ?? ''}
          onChange={(event) => turnTo({ day: event.currentTarget.value, cursor: undefined })}
        />
      </label>
      {filtered && (
        <button
          type="button"
          class="quiet"
          onClick={() =>
            turnTo({
              ...{ q: undefined, status: undefined, channel: undefined, result: undefined, day: undefined },
              cursor: undefined,
            })
          }
        >
          {words.list.clear}
        </button>
      )}
    </search>
  );
}
