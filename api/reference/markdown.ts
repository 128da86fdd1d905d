import type { Answer, Entry, Field, NamedSchema, Reference, Refusal } from './model.ts';
import type { Piece } from './schema-words.ts';

const typed = (pieces: Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.schema)).join('');

const field = ({ name, type, required, about }: Field): string =>
  `- \`${name}\`${required ? '*' : ''}: ${typed(type)}${about && `. ${about}`}`;

const bodies = (all: Answer['bodies']): string => all.map(({ media, type }) => `${typed(type)} (${media})`).join(', ');

const entry = ({ call, summary, about, key, parameters, bodies: sent, answers, refusals }: Entry): string =>
  [
    `### ${call}`,
    `${summary}${key ? ' (needs a key where keys are set)' : ''}`,
    about,
    ...(parameters.length > 0 ? [`Parameters:\n${parameters.map(field).join('\n')}`] : []),
    ...(sent.length > 0 ? [`Body: ${bodies(sent)}`] : []),
    ...(answers.length > 0
      ? [
          `Answers:\n${answers
            .map(
              ({ status, about: meaning, bodies: got }) =>
                `- ${status}: ${meaning}${got.length > 0 ? `. ${bodies(got)}` : ''}`,
            )
            .join('\n')}`,
        ]
      : []),
    ...(refusals.length > 0 ? [`Refusals: ${refusals.join(', ')}`] : []),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

const refusal = ({ status, about, headers }: Refusal): string =>
  `- ${status}: ${[about, ...headers.map(({ name, about: meaning }) => `\`${name}\`: ${meaning}`)].join('. ')}`;

const schema = ({ name, about, type, fields }: NamedSchema): string =>
  [`### ${name}`, about, fields.length > 0 ? fields.map(field).join('\n') : typed(type)]
    .filter((part) => part !== '')
    .join('\n\n');

/** The whole reference as Markdown, for programs that read text. */
export const referenceText = ({ title, about, groups, refusals, schemas }: Reference): string =>
  `${[
    `# ${title}: API reference`,
    `${about} A * marks what is required, or always there.`,
    ...groups.flatMap(({ name, about: meaning, entries }) => [`## ${name}`, meaning, ...entries.map(entry)]),
    '## refusals',
    'Each has a Problem as its body (application/problem+json).',
    refusals.map(refusal).join('\n'),
    '## schemas',
    ...schemas.map(schema),
  ].join('\n\n')}\n`;

/** An index for language models, as llmstxt.org describes it. */
export const referenceIndex = ({ title, about, groups }: Reference, publicUrl: string): string =>
  `${[
    `# ${title}`,
    `> ${about}`,
    'Assistants use the Model Context Protocol at `POST /mcp`.',
    `## Reference\n\n- [API reference](${publicUrl}/docs.md): every endpoint, message and field\n- [OpenAPI](${publicUrl}/openapi.json): the same for programs`,
    ...groups.map(
      ({ name, entries }) =>
        `## ${name}\n\n${entries.map(({ call, summary }) => `- \`${call}\`: ${summary}`).join('\n')}`,
    ),
  ].join('\n\n')}\n`;
