import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { newOrder } from '../../accepting/new-order.ts';
import { warningsOf } from '../../api/warnings.ts';
import { es } from '../../console/language/es.ts';
import { outcomeNote } from '../../console/language/language.ts';
import { CHANNELS } from '../../domain/channels.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { fieldErrors } from '../../domain/schemas/field-errors.ts';
import { reviewRequestSchema } from '../../domain/schemas/review.ts';
import { languageInstead } from '../../providers/elevenlabs/languages.ts';

const inSpanish = (message: string): string | undefined => {
  const known = es.serverMessages.find(([pattern]) => pattern.test(message));
  return known && message.replace(known[0], known[1]);
};

/** Each differs from a good booking in one field that the console's form has. */
const WRONG: Record<string, unknown[]> = {
  'business.name': ['', 'x'.repeat(5_000), 'a\u0000b', '\ud800'],
  'business.phone': [
    '11 4321 1234',
    '+54 11 4321 1234',
    '911',
    '+999123456789',
    '+870123456789',
    '+5411432112345678',
    '+54114321',
    '+13473',
  ],
  'business.timezone': ['Argentina', 'ART', 'GMT-3'],
  'request.service_type': ['', 'x'.repeat(5_000)],
  'request.user_name': [''],
  'request.preferred_date': ['\u0007'],
  'request.special_requests': ['x'.repeat(5_000)],
  language: ['español'],
  'agent.prompt': ['x'.repeat(100_000)],
  'agent.first_message': ['x'.repeat(5_000)],
  callback_url: ['example.org', 'https://a b.example', 'ftp://x.example', 'http://10.0.0.1/'],
  'escalation.native.budget_seconds': [0, 1e9, 1.5, 'viel'],
  'escalation.bridge.max_attempts': [0, 99],
  not_before: ['mañana', '2026-12-01', '2028-12-01T09:00'],
  not_after: ['2026-11-01T09:00'],
  'business.opening_hours': [
    [],
    [{ days: [], from: '09:00', to: '13:00' }],
    [{ days: ['mon'], from: '09:00' }],
    [{ days: ['mon', 'mon'], from: '09:00', to: '13:00' }],
    [{ days: ['mon'], from: '13:00', to: '09:00' }],
    [{ days: ['mon'], from: '9', to: '13:00' }],
    [{ from: '09:00', to: '13:00' }],
  ],
  'request.acceptable': [
    {},
    { dates: [] },
    { dates: [{ to: '2026-12-10' }] },
    { dates: [{ from: '2026-12-10', to: '2026-12-01' }] },
    { dates: [{ from: '2026-02-30', to: '2026-12-01' }] },
    { dates: [{ from: '2026-11-01', to: '2026-11-02' }] },
    { dates: [{ from: '2026-12-06', to: '2026-12-06' }], weekdays: ['mon'] },
    { times: [{ from: '13:00', to: '09:00' }] },
    { times: [{ from: '9', to: '13:00' }] },
    { times: Array.from({ length: 60 }, () => ({ from: '09:00', to: '13:00' })) },
  ],
  'escalation.callback.max_callbacks': [-1, 9, 1.5],
  'escalation.callback.within_hours': [0, 1_000],
  metadata: [Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`k${n}`, 'v'])), { k: 'x'.repeat(9_000) }],
};

function booking(field: string, value: unknown): unknown {
  const body: Record<string, unknown> = {
    business: { name: 'Clínica', phone: '+541143211234' },
    request: { service_type: 'dentista', user_name: 'Mauro' },
  };
  const path = field.split('.');
  let at = body;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Record<string, unknown>;
  }
  at[path.at(-1)!] = value;
  return body;
}

/** What the API would answer. */
function refusals(body: unknown, allowedCountries?: string[]): string[] {
  const parsed = bookingRequestSchema.safeParse(body);
  if (!parsed.success) return fieldErrors(parsed.error).map(({ message }) => message);
  const asked = newOrder(
    parsed.data,
    { allowedCountries, booking: { calling_window: { from: 0, to: 1440 } } } as never,
    'bk_refused0',
    Date.parse('2026-11-25T12:00:00Z'),
  );
  return 'refused' in asked ? asked.refused.map(({ message }) => message) : [];
}

describe('what the API refuses is said in Spanish', () => {
  it.each(Object.entries(WRONG))('about %s', (field, values) => {
    for (const value of values) {
      const told = refusals(booking(field, value));
      expect([value, told.length > 0]).toEqual([value, true]);
      for (const message of told) expect([message, inSpanish(message)]).toEqual([message, expect.any(String)]);
    }
  });

  it('about a country that is not dialed, and when no channel is in use', () => {
    const off = Object.fromEntries(CHANNELS.map((channel) => [channel, { enabled: false }]));
    const [country] = refusals(booking('language', 'es'), ['ES', 'PT']);
    expect(inSpanish(country!)).toBe('es de AR: esta instalación solo llama a ES, PT');
    expect(inSpanish(refusals(booking('escalation', off))[0]!)).toBe('tiene que haber al menos un canal en uso');
  });

  it('about an outcome, where the evidence does not carry it', () => {
    const source = readFileSync(new URL('../../domain/arbiter.ts', import.meta.url), 'utf8');
    const words = { ...es, language: 'es' as const };
    const notes = [...source.matchAll(/[(\s]'([a-z]+ [^']* [^']*)'/g)].map(([, note]) => note!);
    expect(notes.length).toBeGreaterThanOrEqual(7);
    for (const note of notes) expect([note, outcomeNote(words, note) === note]).toEqual([note, false]);
    // An agent's own words, though they look like a refusal's.
    for (const note of ['must be a date before Friday: bring the insurance card', 'is required to bring an X-ray'])
      expect(outcomeNote(words, note)).toBe(note);
  });

  it('about a language that will not be spoken', () => {
    const speaks = { languages: ['es', 'en'], forbidden_overrides: [] };
    const told = (wanted: string, forbidden_overrides: string[] = []) =>
      warningsOf({ language: wanted }, {
        languageInstead: (language: string) => languageInstead(language, { ...speaks, forbidden_overrides }),
      } as never).map(({ message }) => inSpanish(message));
    expect(told('fr')).toEqual(['no se va a usar: el agente solo habla "es", "en"; las llamadas son en «es»']);
    expect(told('en', ['agent.language'])).toEqual([
      'no se va a usar: el agente no permite elegir el idioma; las llamadas son en «es»',
    ]);
  });

  it('about a review', () => {
    for (const body of [
      { by: '', result: 'declined' },
      { by: 'Ana', result: 'confirmed' },
      { by: 'Ana', result: 'declined', confirmed_date: '2026-11-27' },
      { by: 'Ana', result: 'confirmed', confirmed_date: 'mañana', confirmed_time: '4 pm' },
    ]) {
      const parsed = reviewRequestSchema.safeParse(body);
      expect(parsed.success).toBe(false);
      for (const { message } of fieldErrors(parsed.error!)) {
        expect([message, inSpanish(message)]).toEqual([message, expect.any(String)]);
      }
    }
  });
});
