import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { evidenceWords } from '../../console/booking/evidence-words.ts';
import { en } from '../../console/language/en.ts';
import { es } from '../../console/language/es.ts';
import { attemptError, outcomeNote, wordFor } from '../../console/language/language.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { problemOfRejection, REJECTING_SIP } from '../../domain/rejecting-sip.ts';

const CONSOLE = fileURLToPath(new URL('../../console/', import.meta.url));
const BASE = { id: 'e1', call_id: 'bk_words000000.1', at: '2026-11-25T12:00:00.000Z' };

describe('a report', () => {
  it.each([
    ['English', en, 'Confirmed, day unclear: “9 or 11”, 04:00 or twelve hours later: morning or evening was not said'],
    [
      'Spanish',
      es,
      'Confirmada, día poco claro: «9 or 11», 04:00 o doce horas después: no se dijo si por la mañana o por la tarde',
    ],
  ])('says what of it confirms nothing, as it was said, in %s', (_language, words, says) => {
    const report = {
      result: 'confirmed' as const,
      confirmed_time: '04:00',
      time_half_unknown: true,
      unclear: ['confirmed_date' as const],
      said: { confirmed_date: '9 or 11' },
    };
    const evidence: Evidence[] = [
      { ...BASE, kind: 'report', source: 'tool', report },
      { ...BASE, kind: 'conversation', source: 'post_call', status: 'done', conversation_id: 'c', report },
    ];
    const told = evidence.map((one) => evidenceWords({ ...words, language: 'en' } as never, one).says);
    expect(told[0]).toBe(says);
    expect(told[1]).toContain(says);
  });
});

describe('the product’s own judgement', () => {
  it('is in Spanish, whatever it is', () => {
    const sources = ['arbiter', 'next-dial', 'lost-run'].map((name) =>
      readFileSync(new URL(`../../domain/${name}.ts`, import.meta.url), 'utf8'),
    );
    const said = sources.flatMap((text) =>
      [...text.matchAll(/(?:notes:|notes: `|return|const [A-Z]+ =)\s+['`]([^'`]{20,})['`]/g)].map(([, note]) => note!),
    );
    // One constant completes another.
    for (const [, name, rest] of sources.join('\n').matchAll(/`\$\{([A-Z_]+)\}([^`$]+)`/g)) {
      const begun = sources.join('\n').match(new RegExp(`const ${name} = '([^']+)'`))?.[1];
      said.push(`${begun}${rest}`);
    }
    expect(said.length).toBeGreaterThan(10);
    expect(said).toContain(
      'the call was answered, but no result was reported: the call was put on hold, and nobody came back',
    );
    expect(said.filter((note) => outcomeNote({ ...es, language: 'es' } as never, note) === note)).toEqual([]);
  });
});

describe('the error of an attempt', () => {
  const inSpanish = { ...es, language: 'es' as const };

  it('is in Spanish where the product gives it, and each rejection has words of its own', () => {
    const rejected = REJECTING_SIP.map((sip) => problemOfRejection(sip).message);
    const told = [...rejected, 'The network says that this number cannot ring.'].map((one) =>
      attemptError(inSpanish, one),
    );
    expect(told.every(({ lang }) => lang === undefined)).toBe(true);
    expect(new Set(told.map(({ text }) => text)).size).toBe(4);
    expect(attemptError({ ...en, language: 'en' }, rejected[0]!)).toEqual({ text: rejected[0] });
  });

  it('is marked as English where a provider gave it', () => {
    expect(attemptError(inSpanish, 'quota exceeded')).toEqual({ text: 'quota exceeded', lang: 'en' });
  });
});

describe('what the page has no word for', () => {
  it.each([
    ['English', en],
    ['Spanish', es],
  ])('is shown as it came, in %s: a kind of evidence, where it is from, what it says', (_language, words) => {
    const evidence = [
      { ...BASE, kind: 'carrier_pigeon', source: 'roof' },
      { ...BASE, kind: 'smoke' },
      { ...BASE, kind: 'call_status', source: 'pigeon', status: 'hovering' },
      { ...BASE, kind: 'report', source: 'pigeon', report: { result: 'maybe' } },
      { ...BASE, kind: 'conversation', source: 'pigeon', status: 'paused', report: { result: 'maybe' } },
      { ...BASE, kind: 'bridge', event: 'hummed' },
    ] as unknown as Evidence[];
    const told = evidence.map((one) => evidenceWords({ ...words, language: 'en' } as never, one));
    expect(told).toEqual([
      { kind: 'carrier_pigeon', source: 'roof', says: '' },
      { kind: 'smoke', source: '', says: '' },
      { kind: words.evidence.call_status, source: 'pigeon', says: 'hovering' },
      { kind: words.evidence.report, source: 'pigeon', says: 'maybe' },
      { kind: words.evidence.conversation, source: 'pigeon', says: 'paused, maybe' },
      { kind: words.evidence.bridge, source: '', says: 'hummed' },
    ]);
  });

  it('is shown as it came in every table, also where it is the name of something else', () => {
    expect(wordFor(en.result, 'confirmed')).toBe('Confirmed');
    expect(wordFor(en.result, 'maybe')).toBe('maybe');
    expect(wordFor(en.result, 'constructor')).toBe('constructor');
    expect(wordFor(en.waiting, 'until')).toBe('until');
  });

  it('is looked up in no other way', () => {
    const sources = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' }).filter(
      (path) => /\.tsx?$/.test(path) && !/^(dist|language)\//.test(path),
    );
    expect(sources.length).toBeGreaterThan(20);
    const direct = sources.flatMap((path) =>
      [...readFileSync(CONSOLE + path, 'utf8').matchAll(/\b(?:words|e)(?:\.\w+)+\[|\bresult\[/g)].map(
        ([found]) => `${path}: ${found}`,
      ),
    );
    expect(direct).toEqual([]);
  });
});
