import { readFileSync, writeFileSync } from 'node:fs';

/** From the client for asyncio to the one that waits. Each is a whole word. */
const WORDS: [RegExp, string][] = [
  [/\basync (def|for|with)\b/g, '$1'],
  [/\bawait /g, ''],
  [/\b_?asynccontextmanager\b/g, 'contextmanager'],
  [/\bAsync([A-Z]\w*)/g, '$1'],
  [/\b__a(enter|exit|iter)__\b/g, '__$1__'],
  [/\ba(close|closing|read|iter_text|pause)\b/g, '$1'],
  [/for asyncio and trio/g, 'that waits for each answer'],
];

/** Writes the client without `async`, made from the one with it, so that neither can do what the other cannot. */
export function generateSync(from: string, to: string, header: string): void {
  const text = WORDS.reduce((before, [word, instead]) => before.replace(word, instead), readFileSync(from, 'utf8'));
  writeFileSync(to, `${header}\n\n${text}`);
}
