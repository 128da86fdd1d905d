import { escaped } from '../escaped.ts';
import type { Answer, Entry, Field, Group, NamedSchema, Reference, Refusal } from './model.ts';
import type { Piece } from './schema-words.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#1b2430;--paper:#fff;--soft:#5b6675;--link:#0b57d0;--line:#8883;--mark:#ffd86655;--code:#8881}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--paper:#12161c;--soft:#a3adba;--link:#8ab4ff}}
body{font:16px/1.5 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--paper)}a{color:var(--link)}
nav,main{padding:1rem 1.25rem;box-sizing:border-box}nav{font-size:.875rem;border-bottom:1px solid var(--line)}
nav summary{font-weight:600;padding:.25rem 0;cursor:pointer}nav ul{list-style:none;margin:0 0 .5rem;padding:0}
nav li{padding:.15rem 0;overflow-wrap:anywhere}nav li a{text-decoration:none}nav li a:hover{text-decoration:underline}
h1{margin:.2rem 0 .6rem;line-height:1.2}h2{margin:2.5rem 0 .3rem}h3{margin:.4rem 0 .2rem;overflow-wrap:anywhere}
code{font:.875em ui-monospace,monospace;background:var(--code);border-radius:.25rem;padding:.05em .3em}h3 code,nav code,td:first-child code{background:none;padding:0}
article{border-top:1px solid var(--line);margin:1.25rem 0 0;padding:.6rem 0 0;scroll-margin-top:.5rem}p{margin:.4rem 0;max-width:46rem}
.soft,small{color:var(--soft)}table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.6rem 0}
caption{text-align:left;font-weight:600;padding:.2rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--line)}
td{overflow-wrap:anywhere}h3:target,:target>h3,tr:target{background:var(--mark)}h3 code{font-weight:600}
@media(min-width:64rem){.page{display:grid;grid-template-columns:19rem minmax(0,60rem);gap:1rem;max-width:82rem;margin:0 auto}
nav{position:sticky;top:0;height:100vh;overflow:auto;border:0;border-right:1px solid var(--line)}}
@media(max-width:40rem){thead{display:none}tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--line)}td{display:block;border:0;padding:.05rem 0}}`;

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
    : `<table><caption>${escaped(caption)}</caption><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;

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

const entry = ({ id, call, summary, about, key, parameters, bodies: sent, answers, refusals }: Entry): string =>
  `<article id="${escaped(id)}"><h3><code>${escaped(call)}</code></h3><p>${text(summary)}${key ? ' <small>(needs a key where keys are set)</small>' : ''}</p>
${about && `<p>${text(about)}</p>`}${fields('Parameters', parameters)}${sent.length > 0 ? `<p>Body: ${bodies(sent)}</p>` : ''}
${table(
  'Answers',
  ['Status', 'Meaning', 'Body'],
  answers.map((one) => row([escaped(one.status), text(one.about), bodies(one.bodies)])),
)}${refusals.length > 0 ? `<p>Refusals: ${refusals.map((status) => `<a href="#refusal-${escaped(status)}">${escaped(status)}</a>`).join(', ')}</p>` : ''}</article>`;

const refusal = ({ status, about, headers }: Refusal): string =>
  `<tr id="refusal-${escaped(status)}"><td>${escaped(status)}</td><td>${text(about)}</td><td>${headers
    .map(({ name, about: meaning }) => `<code>${escaped(name)}</code>: ${text(meaning)}`)
    .join('<br>')}</td></tr>`;

const group = ({ name, about, entries }: Group): string =>
  `<section><h2 id="${escaped(name)}">${escaped(name)}</h2><p>${text(about)}</p>${entries.map(entry).join('\n')}</section>`;

const schema = ({ name, about, type, fields: all }: NamedSchema): string =>
  `<article id="schema-${escaped(name)}"><h3>${escaped(name)}</h3><p>${text(about)}</p>${
    all.length > 0 ? fields(`Members of ${name}`, all) : `<p>${typed(type)}</p>`
  }</article>`;

const links = (name: string, all: { id: string; text: string }[], open: boolean): string =>
  `<details${open ? ' open' : ''}><summary>${escaped(name)}</summary><ul>${all
    .map((one) => `<li><a href="#${escaped(one.id)}">${escaped(one.text).replaceAll('/', '/<wbr>')}</a></li>`)
    .join('')}</ul></details>`;

const contents = ({ groups, schemas }: Reference): string =>
  [
    ...groups.map(({ name, entries }, i) =>
      links(
        name,
        entries.map(({ id, call }) => ({ id, text: call })),
        i === 0,
      ),
    ),
    links('refusals', [{ id: 'refusals', text: 'The meaning of each status' }], false),
    links(
      'schemas',
      schemas.map(({ name }) => ({ id: `schema-${name}`, text: name })),
      false,
    ),
  ].join('\n');

/** The reference as one page: no scripts, nothing from other sites. */
export const referencePage = (reference: Reference): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(reference.title)}: API reference</title>
<style>${STYLE}</style>
<div class="page">
<nav aria-label="Contents">${contents(reference)}</nav>
<main>
<h1>${escaped(reference.title)}: API reference</h1>
<p>${text(reference.about)}</p>
<p class="soft">For programs: <a href="openapi.json">openapi.json</a> (OpenAPI 3.1), <a href="docs.md">docs.md</a> (this page as Markdown) and <a href="llms.txt">llms.txt</a> (an index). A * marks what is required, or always there.</p>
${reference.groups.map(group).join('\n')}
<section><h2 id="refusals">refusals</h2><p>Each has a <a href="#schema-Problem">Problem</a> as its body (<small>application/problem+json</small>).</p>
${table('Refusals', ['Status', 'Meaning', 'Headers'], reference.refusals.map(refusal))}</section>
<section><h2 id="schemas">schemas</h2>${reference.schemas.map(schema).join('\n')}</section>
</main>
</div>
</html>
`;
