import { escaped } from '../escaped.ts';
import type { Answer, Entry, Field, Group, NamedSchema, Reference } from './model.ts';
import type { Piece } from './schema-words.ts';

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1b2430;background:#fff}
nav{columns:16rem;font-size:.9rem}nav p{margin:.2rem 0}article{border-top:1px solid #8884;margin:1.5rem 0 0;padding:.5rem 0 0}
h3{margin:.6rem 0 .2rem}h3 code{font-size:1rem}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .8rem .25rem 0;border-bottom:1px solid #8883}td:first-child{white-space:nowrap}
caption{text-align:left;font-weight:600}.scroll{overflow-x:auto}:target{background:#ffd86633}
@media(prefers-color-scheme:dark){body{color:#e6e9ee;background:#12161c}a{color:#8ab4ff}}`;

/** Text in which `code` is set in backticks. */
const text = (given: string): string => escaped(given).replace(/`([^`]+)`/g, '<code>$1</code>');

const typed = (pieces: Piece[]): string =>
  pieces
    .map((piece) =>
      typeof piece === 'string'
        ? escaped(piece)
        : `<a href="#schema-${escaped(piece.schema)}">${escaped(piece.schema)}</a>`,
    )
    .join('');

const row = (cells: string[]): string => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

const table = (caption: string, heads: string[], rows: string[]): string =>
  rows.length === 0
    ? ''
    : `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr>${rows.join('')}</table></div>`;

const fields = (caption: string, all: Field[]): string =>
  table(
    caption,
    ['Name', 'Type', 'Meaning'],
    all.map(({ name, type, required, about }) =>
      row([`<code>${escaped(name)}</code>${required ? ' *' : ''}`, typed(type), text(about)]),
    ),
  );

const bodies = (all: Answer['bodies']): string =>
  all.map(({ media, type }) => `${typed(type)} <small>${escaped(media)}</small>`).join('<br>');

const entry = ({ id, call, summary, about, key, parameters, bodies: sent, answers }: Entry): string =>
  `<article id="${escaped(id)}"><h3><code>${escaped(call)}</code></h3><p>${text(summary)}${key ? ' <small>(needs a key where keys are set)</small>' : ''}</p>
${about && `<p>${text(about)}</p>`}${fields('Parameters', parameters)}${sent.length > 0 ? `<p>Body: ${bodies(sent)}</p>` : ''}
${table(
  'Answers',
  ['Status', 'Meaning', 'Body'],
  answers.map((one) => row([escaped(one.status), text(one.about), bodies(one.bodies)])),
)}</article>`;

const group = ({ name, about, entries }: Group): string =>
  `<section><h2 id="${escaped(name)}">${escaped(name)}</h2><p>${text(about)}</p>${entries.map(entry).join('\n')}</section>`;

const schema = ({ name, about, type, fields: all }: NamedSchema): string =>
  `<article id="schema-${escaped(name)}"><h3>${escaped(name)}</h3><p>${text(about)}</p>${
    all.length > 0 ? fields(`Members of ${name}`, all) : `<p>${typed(type)}</p>`
  }</article>`;

const contents = ({ groups }: Reference): string =>
  groups
    .flatMap(({ name, entries }) => [
      `<p><strong><a href="#${escaped(name)}">${escaped(name)}</a></strong></p>`,
      ...entries.map(({ id, call }) => `<p><a href="#${escaped(id)}">${escaped(call)}</a></p>`),
    ])
    .join('\n');

/** The reference as one page: no scripts, nothing from other sites. */
export const referencePage = (reference: Reference): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(reference.title)}: API reference</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(reference.title)}: API reference</h1>
<p>${text(reference.about)} For programs: <a href="openapi.json">openapi.json</a>, <a href="docs.md">docs.md</a>. A * marks what is required, or always there.</p>
<nav aria-label="Contents">${contents(reference)}<p><strong><a href="#schemas">schemas</a></strong></p></nav>
${reference.groups.map(group).join('\n')}
<section><h2 id="schemas">schemas</h2>${reference.schemas.map(schema).join('\n')}</section>
</main>
</html>
`;
