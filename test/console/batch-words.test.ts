import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { problemWords, reasonWords } from '../../console/batches/reason-words.ts';
import { en } from '../../console/language/en.ts';
import { es } from '../../console/language/es.ts';
import { serverMessage } from '../../console/language/language.ts';
import { REASON_CODES, type RowReason, reasonOfStatus, reasonOfWords, reviewed } from '../../domain/batch/reasons.ts';
import { ROW_STATUSES } from '../../domain/batch/statuses.ts';

const inEnglish = { ...en, language: 'en' as const };
const inSpanish = { ...es, language: 'es' as const };

/** What stands in the holes of a message. */
const FILLINGS: Record<string, string[]> = {
  'before(row, earlier)': ['row 3', 'row 3 (line 4)', 'a row of the batch'],
  'found.kind': ['a PDF', 'a spreadsheet (xlsx, ods) or another zip file', 'an old spreadsheet (xls)', 'a picture'],
  meant: ['', '; did you mean +541143211234?'],
  'first.broken': ['has a quote that is not closed, or one inside a quoted cell: close it'],
  likely: ['user_name'],
  field: ['not_before', 'not_after'],
};

function filled(template: string): string[] {
  const hole = /\$\{((?:[^{}]|\{[^{}]*\})*)\}/.exec(template);
  if (!hole) return [template];
  return (FILLINGS[hole[1]!] ?? ['7']).flatMap((text) =>
    filled(template.slice(0, hole.index) + text + template.slice(hole.index + hole[0].length)),
  );
}

/** Every message about a table or a row, as the sources have them; a console has no settings in a query. */
function messages(): string[] {
  const sources = ['domain/batch', 'accepting/batches'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && name !== 'reasons.ts' && name !== 'settings-of-query.ts')
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')),
  );
  const literals = sources.flatMap((text) =>
    [
      ...text.matchAll(
        /'((?:is|has|was|must|means|begins) [^'\n]{8,})'|`((?:is|has|was|must|means|begins) [^`]{8,})`/g,
      ),
    ].map((found) => found[1] ?? found[2]!),
  );
  return literals.flatMap(filled);
}

describe('what is wrong with a table', () => {
  it('is told in Spanish, whatever it is', () => {
    const all = messages();
    expect(all.length).toBeGreaterThan(40);
    expect(all).toContain('is empty: give a header and at least one row');
    expect(all).toContain('is the key of a row of the batch: give each row its own key');
    expect(all.filter((message) => serverMessage(inSpanish, message).lang !== undefined)).toEqual([]);
  });
});

describe('the reason of a row', () => {
  const others = REASON_CODES.slice(REASON_CODES.indexOf('not_after')).filter((code) => code !== 'other');

  it('has words in both languages', () => {
    for (const words of [inEnglish, inSpanish]) {
      const told = others.map((code) => reasonWords(words, { ...reviewed('confirmed'), code, message: '—' }));
      expect(told.filter(({ text, lang }) => text === '—' || lang !== undefined)).toEqual([]);
      expect(new Set(told.map(({ text }) => text)).size).toBe(others.length);
    }
    expect(reasonWords(inSpanish, reviewed('declined')).text).toBe('Una persona decidió: Rechazada');
    for (const status of ROW_STATUSES) {
      const reason = reasonOfStatus(status);
      // These two always have the problems that were found.
      if (reason && status !== 'invalid' && status !== 'duplicate')
        expect(reasonWords(inSpanish, reason).lang).toBeUndefined();
    }
  });

  it('names the column of a problem', () => {
    const problem: RowReason = {
      code: 'missing',
      field: 'user_name',
      message: 'is missing: give it in the row, or in defaults',
    };
    expect(reasonWords(inSpanish, problem)).toEqual({ text: 'user_name: falta: ponelo en la fila' });
    expect(reasonWords(inEnglish, problem)).toEqual({
      text: 'user_name is missing: give it in the row',
    });
  });

  it('names no settings where there are none to choose any more', () => {
    for (const message of messages())
      for (const words of [inEnglish, inSpanish])
        expect(problemWords(words, message, true).text).not.toMatch(/in the settings|en las opciones/);
  });

  it('is shown as it came where there are no words for it', () => {
    const unknown = { code: 'eclipse', message: 'the sun was away' } as unknown as RowReason;
    expect(reasonWords(inSpanish, unknown)).toEqual({ text: 'the sun was away', lang: 'en' });
    expect(reasonWords(inEnglish, unknown)).toEqual({ text: 'the sun was away' });
    // Rows of an earlier version have the words alone.
    expect(reasonWords(inSpanish, reasonOfWords('phone is bad')).lang).toBe('en');
    expect(reasonWords(inSpanish, reasonOfWords('its booking was erased'))).toEqual({ text: 'Su reserva se borró' });
  });
});
