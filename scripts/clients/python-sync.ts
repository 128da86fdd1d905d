import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** From the client for asyncio to the one that waits. Each is a whole word. */
const WORDS: [RegExp, string][] = [
  [/\basync (def|for|with)\b/g, '$1'],
  [/\bawait /g, ''],
  [/\b_?asynccontextmanager\b/g, 'contextmanager'],
  [/\bAsync([A-Z]\w*)/g, '$1'],
  [/\b__a(enter|exit|iter)__\b/g, '__$1__'],
  [/\ba(close|closing|read|iter_text|pause)\b/g, '$1'],
  [/for asyncio and trio\. The one.*?"""/gs, 'that waits for each answer."""'],
  [/for asyncio and trio/g, 'that waits for each answer'],
];

const HEADER = '# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.';

/** Writes the client without `async` into a folder, made from the one with it, so that neither can do what the other cannot. */
export function generateSync(from: string, to: string): void {
  for (const name of readdirSync(from).filter((file) => file.endsWith('.py'))) {
    const text = WORDS.reduce(
      (before, [word, instead]) => before.replace(word, instead),
      readFileSync(join(from, name), 'utf8'),
    );
    writeFileSync(join(to, name), `${HEADER}\n\n${text}`);
  }
}
