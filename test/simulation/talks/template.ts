import type { Random } from '../random.ts';
import type { Region } from './types.ts';

/** Ways to say one thing: for all who speak the language, and more in some places. `(a|b|)` is a choice, `{name}` a value. */
export type Lines = readonly string[] | ({ all: readonly string[] } & Partial<Record<Region, readonly string[]>>);

/** Where a place has ways of its own, they are as likely as all others together. */
export function pickLine(random: Random, lines: Lines, region: Region): string {
  if (!('all' in lines)) return random.pick(lines as readonly string[]);
  const own = lines[region];
  if (own && (lines.all.length === 0 || random.chance(0.5))) return random.pick(own);
  return random.pick(lines.all);
}

const INNERMOST = /\(([^()]*\|[^()]*)\)/;

/** Makes the choices, then puts the values in. */
export function expand(random: Random, template: string, value: (name: string) => string): string {
  let text = template;
  for (let choice = INNERMOST.exec(text); choice; choice = INNERMOST.exec(text)) {
    text =
      text.slice(0, choice.index) + random.pick(choice[1]!.split('|')) + text.slice(choice.index + choice[0].length);
  }
  return tidy(text.replace(/\{(\w+)\}/g, (_, name: string) => value(name)));
}

const tidy = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.?!…])/g, '$1')
    .replace(/,(?=[,.])/g, '')
    .replace(/(?<!\.)\.\.(?!\.)/g, '.')
    .replace(/^[,\s]+/, '')
    .trim();
