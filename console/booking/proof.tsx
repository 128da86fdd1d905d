import type { Proof } from '../../domain/result.ts';
import type { Citation, Doubt } from '../../domain/talk/types.ts';
import type { Words } from '../language/en.ts';
import { useWords, wordFor } from '../language/language.ts';
import { day } from '../language/times.ts';
import { CitedWords, type Spoken } from './citation.tsx';
import { unclearWords } from './evidence-words.ts';
import type { Heard } from './heard.ts';

/** What rests on the words of one turn. */
interface Ground {
  names: string[];
  cites: [Citation, ...Citation[]];
}

/** Day, hour and agreement by the turns in which they were said, in this order. */
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

const MOST_TURNS = 3;

/** The weightiest doubts, each kind once, with the words that decided; all of them together take no more than three turns. */
export function mostTelling(doubts: readonly Doubt[]): Doubt[] {
  const turns = new Set<number>();
  const kinds = doubts.filter(({ code }, at) => doubts.findIndex((other) => other.code === code) === at);
  return kinds.slice(0, MOST_TURNS).map(({ code, cites }) => ({
    code,
    cites: cites.filter(({ turn }, at) => {
      if (cites.findIndex((other) => other.turn === turn) < at) return false;
      if (!turns.has(turn) && turns.size === MOST_TURNS) return false;
      turns.add(turn);
      return true;
    }),
  }));
}

function Reported({ heard: { reported } }: { heard: Heard }) {
  const words = useWords();
  if (!reported) return null;
  const { confirmed_date: date, confirmed_time, time_half_unknown } = reported;
  const time = !time_half_unknown && confirmed_time;
  const when = [date && day(words.language, date), time, unclearWords(words, reported)].filter(Boolean).join(', ');
  if (when === '') return null;
  return (
    <p class="small">
      {words.proof.reported}: {when}
    </p>
  );
}

/** Why an appointment that was reported is left to a person, with the turns that matter. */
export function DoubtsCard({ doubts, heard, ...spoken }: Spoken & { doubts: readonly Doubt[]; heard: Heard }) {
  const words = useWords();
  const { proof: p } = words;
  return (
    <section aria-labelledby="doubts-title" class="proof doubts">
      <h3 id="doubts-title">{p.whyNot}</h3>
      <Reported heard={heard} />
      <ul>
        {mostTelling(doubts).map(({ code, cites }) => (
          <li key={code}>
            <strong>{wordFor(p.doubt, code)}</strong>
            {cites.map((cite) => (
              <p key={`${cite.turn} ${cite.text}`}>
                <span class="by">{wordFor(words.booking, cite.role)}:</span> <CitedWords cites={[cite]} {...spoken} />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
