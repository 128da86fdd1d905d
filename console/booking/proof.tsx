import type { Proof } from '../../domain/result.ts';
import type { Citation, Doubt } from '../../domain/talk/types.ts';
import type { Words } from '../language/en.ts';
import { useWords, wordFor } from '../language/language.ts';
import { day } from '../language/times.ts';
import { CitedWords, type Spoken } from './citation.tsx';
import { unclearWords } from './evidence-words.ts';
import type { Heard } from './heard.ts';
import { reasonsOf } from './reasons.ts';

/** The parts of a proof that rest on one turn. */
interface Ground {
  names: string[];
  cites: [Citation, ...Citation[]];
}

/** Day, time and agreement, grouped by turn, in this order. */
function groundsOf({ date, time, agreement }: Proof, words: Words): Ground[] {
  const grounds: Ground[] = [];
  for (const [name, cite] of [
    [words.proof.day, date],
    [words.proof.hour, time],
    [words.proof.agreement, agreement],
  ] as const) {
    if (!cite) continue;
    const same = grounds.find(({ cites: [first] }) => first.turn === cite.turn && first.role === cite.role);
    same?.names.push(name);
    same?.cites.push(cite);
    if (!same) grounds.push({ names: [name], cites: [cite] });
  }
  return grounds;
}

/** The words that a confirmed appointment rests on, and how much they prove. */
export function ProofCard({ proof, ...spoken }: Spoken & { proof: Proof }) {
  const words = useWords();
  const { proof: p } = words;
  const { level } = proof;
  return (
    <section aria-labelledby="proof-title" class="proof">
      <h3 id="proof-title">{p.title}</h3>
      <p>
        <strong class={`level ${level}`}>{wordFor(p.level, level)}</strong>{' '}
        <span class="small">{wordFor(p.explained, level)}</span>
      </p>
      <dl>
        {groundsOf(proof, words).map(({ names, cites }) => (
          <div key={names[0]}>
            <dt>{names.join(' · ')}</dt>
            <dd>
              <span class="by">{wordFor(p.said, cites[0].role)}:</span> <CitedWords cites={cites} {...spoken} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The agent's report beside the day and time from the talk. */
function Appointments({ heard: { date, time, reported } }: { heard: Heard }) {
  const words = useWords();
  const told = (on: string | undefined, at: string | undefined, ...more: string[]): string =>
    [on && day(words.language, on), at, ...more].filter(Boolean).join(', ');
  const hour = reported?.time_half_unknown ? undefined : reported?.confirmed_time;
  const lines = [
    [words.proof.reported, reported ? told(reported.confirmed_date, hour, unclearWords(words, reported)) : ''],
    [words.proof.spokenOf, told(date, time)],
  ].filter(([, says]) => says !== '');
  return (
    <>
      {lines.map(([name, says]) => (
        <p key={name} class="small">
          {name}: {says}
        </p>
      ))}
    </>
  );
}

/** Why a person has to decide about a reported appointment, with the turns that matter. */
export function DoubtsCard({ doubts, heard, ...spoken }: Spoken & { doubts: readonly Doubt[]; heard: Heard }) {
  const words = useWords();
  const { proof: p } = words;
  return (
    <section aria-labelledby="doubts-title" class="proof doubts">
      <h3 id="doubts-title">{p.whyNot}</h3>
      <Appointments heard={heard} />
      <ul>
        {reasonsOf(doubts).map(({ codes, turns }) => (
          <li key={codes[0]}>
            {codes.map((code) => (
              <strong key={code}>{wordFor(p.doubt, code)}</strong>
            ))}
            {turns.map((cites) => (
              <p key={cites[0].turn}>
                <span class="by">{wordFor(words.booking, cites[0].role)}:</span>{' '}
                <CitedWords cites={cites} {...spoken} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
