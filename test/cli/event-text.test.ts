import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { eventLine } from '../../cli/event-text.ts';
import { outcomeLines } from '../../cli/outcome.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { bridged, report, status, talk } from '../support/world.ts';

const AT = '2026-11-24T12:00:00.000Z';
const ATTEMPT = { channel: 'native', attempt: 1, direction: 'outbound', status: 'ringing', duration_seconds: null };
const turn = (message: string, columns?: number): string =>
  stripVTControlCharacters(
    eventLine({ type: 'turn', at: AT, call_id: 'bk_a.1', role: 'business', message, at_seconds: 1 }, columns)!,
  );
const evidence = (one: Evidence): string =>
  stripVTControlCharacters(eventLine({ type: 'evidence', at: AT, evidence: one })!);

/** Clears the screen, sets the window's title, goes up a line, writes from right to left. */
const HOSTILE = 'hola\u001b[2J\u001b]0;owned\u0007\u009b1A\u202eadios\r\nfin';

describe('an event at the terminal', () => {
  it('says what a piece of evidence proves, and by which way it came', () => {
    expect(evidence(status(1, 'ringing'))).toMatch(/phone leg: ringing \(/);
    expect(evidence(report(1, { result: 'confirmed', confirmed_date: '2026-11-27', confirmed_time: '16:00' }))).toMatch(
      /report: confirmed 2026-11-27 16:00.*\(agent’s tool\)/,
    );
    const unclear = { confirmed_date: undefined, confirmed_time: '04:00', time_half_unknown: true };
    const said = { confirmed_date: '2026-12-09 or 2026-12-11' };
    expect(evidence(report(1, { ...unclear, unclear: ['confirmed_date'], said }))).toMatch(
      /report: confirmed 04:00 \(am or pm unclear\) day unclear: “2026-12-09 or 2026-12-11”/,
    );
    expect(evidence(talk(1))).toMatch(/conversation: done.*\((poll|post-call webhook)\)/);
    expect(evidence(bridged(1, 'stream_started'))).toMatch(/bridge: stream started/);
  });

  it('says of an attempt whose call it is, and of a wait until when it lasts, with the day if that is another one', () => {
    const attempted = (changes: object): string =>
      stripVTControlCharacters(
        eventLine({ type: 'attempt', at: AT, attempt: { ...ATTEMPT, ...changes } as never })!,
      ).slice(10);
    expect(attempted({})).toBe('A native, attempt 1: ringing');
    expect(attempted({ direction: 'inbound' })).toBe('A native, attempt 1, they called us: ringing');
    expect(attempted({ callback: true })).toBe('A native, attempt 1, as they asked: ringing');
    const waits = (until: Date): string =>
      eventLine({
        type: 'status',
        at: new Date(2026, 11, 1, 8).toISOString(),
        status: 'in_progress',
        channel: 'native',
        waiting_for: 'callback',
        until: until.toISOString(),
      })!;
    expect(waits(new Date(2026, 11, 1, 17))).toMatch(/asked to be called, until 17:00:00/);
    expect(waits(new Date(2026, 11, 2, 17))).toMatch(/asked to be called, until 2026-12-02 17:00/);
  });

  it('breaks a turn between words, below its beginning', () => {
    const text = 'Sí, tengo lugar el viernes a las dieciséis, si a usted le sirve ese horario.';
    const lines = turn(text, 64).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(64);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {22}\S/);
    expect(lines.map((line) => line.slice(22)).join(' ')).toBe(text);
    expect(turn(text)).not.toContain('\n');
  });

  it('breaks any other line between words too, below where its words begin', () => {
    const notes = 'El consultorio confirmó el turno y pidió que traigan la última radiografía.';
    const line = eventLine({ type: 'evidence', at: AT, evidence: report(1, { notes }) }, 64)!;
    const lines = stripVTControlCharacters(line).split('\n');
    expect(lines.length).toBeGreaterThan(1);
    for (const each of lines) expect(each.length).toBeLessThanOrEqual(64);
    for (const each of lines.slice(1)) expect(each).toMatch(/^ {10}\S/);
  });

  it('has nothing in it that a terminal would obey, whoever wrote the words', () => {
    const notes = outcomeLines({
      result: 'confirmed',
      channel: 'native',
      simulated: false,
      confirmed_date: null,
      confirmed_time: null,
      notes: HOSTILE,
      evidence: [],
      proof: null,
      offers: [],
      callback_at: null,
    });
    const failed = eventLine({
      type: 'attempt',
      at: AT,
      attempt: { channel: 'native', attempt: 1, status: 'failed', error: { code: 'x', message: HOSTILE } } as never,
    })!;
    const reported = eventLine({ type: 'evidence', at: AT, evidence: report(1, { notes: HOSTILE }) })!;
    const spoken = eventLine(
      { type: 'turn', at: AT, call_id: 'c', role: 'agent', message: HOSTILE, at_seconds: 1 },
      80,
    )!;
    for (const line of [...notes, failed, reported, spoken]) {
      // Our own colours are gone in a test, where nothing is a terminal.
      expect(line).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
    }
  });
});
