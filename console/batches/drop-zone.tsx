import { useState } from 'preact/hooks';
import { useWords } from '../language/language.ts';
import { sampleHref } from './sample.ts';

const MAX_BYTES = 10 * 1024 * 1024;

/** A table as it was dropped; its bytes are kept, so that a later change of the file on disk changes nothing here. */
export interface Table {
  name: string;
  /** Distinguishes it from the tables before it. */
  n: number;
  bytes: Blob;
}

interface Props {
  table: Table | undefined;
  take: (table: Table) => void;
  /** Beside the choice; undefined: the columns. */
  hint?: string;
}

let count = 0;

/** Takes a table by a drop or by a choice. */
export function DropZone({ table, take, hint }: Props) {
  const { batches } = useWords();
  const { language } = useWords();
  const [over, setOver] = useState(false);
  const [problem, setProblem] = useState<'tooLarge' | 'unreadable'>();
  const receive = async (file: File | undefined) => {
    setOver(false);
    if (!file) return;
    if (file.size > MAX_BYTES) return setProblem('tooLarge');
    try {
      const bytes = new Blob([await file.arrayBuffer()], { type: 'text/csv' });
      setProblem(undefined);
      take({ name: file.name, n: ++count, bytes });
    } catch {
      setProblem('unreadable');
    }
  };
  return (
    <fieldset class="table-file">
      <legend>{batches.file.title}</legend>
      <label
        class={`drop ${over ? 'is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          void receive(event.dataTransfer?.files[0]);
        }}
      >
        <span>{table ? <strong>{table.name}</strong> : batches.file.drop}</span>
        <span class="choose" aria-hidden="true">
          {batches.file.choose}
        </span>
        <input
          type="file"
          class="unseen"
          accept=".csv,.tsv,.txt,text/csv"
          aria-label={batches.file.choose}
          aria-describedby="table-hint"
          onChange={({ currentTarget: input }) => {
            void receive(input.files?.[0]);
            // The same file may be chosen again after a correction.
            input.value = '';
          }}
        />
      </label>
      {problem && (
        <p class="problem" role="alert">
          {batches.file[problem]}
        </p>
      )}
      <p class="hint" id="table-hint">
        {hint ?? batches.file.hint} {table && batches.file.another}
      </p>
      <p>
        <a href={sampleHref(language)} download="vocero.csv">
          {batches.file.sample}
        </a>
      </p>
    </fieldset>
  );
}
