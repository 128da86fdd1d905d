import { useState } from 'preact/hooks';
import type { BatchProblem } from '../../domain/batch/problems.ts';
import type { BatchCheck } from '../../domain/schemas/batch-check.ts';
import { useWords } from '../language/language.ts';
import { ScrollTable } from '../shell/scroll-table.tsx';
import { problemWords } from './reason-words.ts';
import type { Obstacle } from './verdict.ts';

const AT_ONCE = 100;

function Problems({ problems, settled }: { problems: readonly BatchProblem[]; settled: boolean }) {
  const words = useWords();
  const { check } = words.batches;
  const [shown, setShown] = useState(AT_ONCE);
  const left = Math.min(AT_ONCE, problems.length - shown);
  return (
    <>
      <ScrollTable class="problems" label={check.problems(problems.length)}>
        <caption>{check.problems(problems.length)}</caption>
        <thead>
          <tr>
            <th scope="col">{check.line}</th>
            <th scope="col">{check.column}</th>
            <th scope="col">{check.problem}</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, shown).map(({ row, line, field, message }, n) => {
            const told = problemWords(words, message, settled);
            return (
              <tr key={n}>
                <td data-name={line === undefined ? undefined : check.line}>
                  {line ?? (row > 0 ? `${check.row} ${row}` : '')}
                </td>
                <td>
                  <code>{field}</code>
                </td>
                <td lang={told.lang}>{told.text}</td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
      {left > 0 && (
        <p>
          <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
            {check.more(left)}
          </button>
        </p>
      )}
    </>
  );
}

interface Props {
  check: BatchCheck;
  stops: readonly Obstacle[];
  /** Rows are added to a batch, which has so many of them already. */
  known?: number | undefined;
}

/** The answer of a check, before anything rings. */
export function CheckResult({ check: found, stops, known }: Props) {
  const { batches } = useWords();
  const { check, add } = batches;
  const here = known === undefined ? check : { ...check, ...add, about: check.about };
  const left = found.invalid + found.duplicates;
  const facts: [string, string | number | undefined][] = [
    [check.rows, found.rows],
    [check.valid, found.valid],
    [check.invalid, found.invalid],
    [check.duplicates, found.duplicates],
    [add.known, known || undefined],
    [check.encoding, found.encoding],
    [check.delimiter, found.delimiter && check.delimiters[found.delimiter]],
  ];
  return (
    <>
      <p>{check.about}</p>
      <dl class="figures">
        {facts
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {stops.length > 0 ? (
        stops.map((one) => (
          <p key={one} class="note">
            {one === 'noRow' && known && found.rows === 0 ? add.allKnown : here[one]}
          </p>
        ))
      ) : (
        <p class="ready">
          {here.ready(found.valid)} {left > 0 && check.leftOut(left)}
        </p>
      )}
      {found.problems.length > 0 && <Problems problems={found.problems} settled={known !== undefined} />}
    </>
  );
}
