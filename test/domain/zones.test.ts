import { describe, expect, it } from '@jest/globals';
import metadata from 'libphonenumber-js/metadata.max.json';
import { AREA_ZONES } from '../../domain/area-zones.ts';
import { zoneExists, zonesOfNumber } from '../../domain/zones.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

const offset = (zone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).format(NOW).split(' ').at(-1)!;
const offsets = (phone: string): string[] => zonesOfNumber(phone, NOW).map(offset).sort();

describe('the zones of a number', () => {
  it.each([
    ['+541143211234', ['GMT-03:00']],
    ['+34910123456', ['GMT+00:00', 'GMT+01:00']],
    ['+442071234567', ['GMT+00:00']],
    ['+12125551234', ['GMT-05:00']],
    ['+18085551234', ['GMT-10:00']],
    ['+38344123456', ['GMT+01:00']],
    ['+5511987654321', ['GMT-02:00', 'GMT-03:00', 'GMT-04:00', 'GMT-05:00']],
  ])('%s: %j', (phone, expected) => {
    expect(offsets(phone)).toEqual(expected);
  });

  it('are all those of the country when the area code does not tell', () => {
    expect(offsets('+18005551234')).toEqual(expect.arrayContaining(['GMT-05:00', 'GMT-08:00', 'GMT-10:00']));
  });

  it('are one of each wall clock, also in summer', () => {
    const zones = zonesOfNumber('+18005551234', NOW);
    expect(zones.length).toBeLessThan(12);
    const july = Date.parse('2027-07-01T12:00:00Z');
    const clock = (zone: string) =>
      [NOW, july]
        .map((at) => new Intl.DateTimeFormat('en-US', { timeZone: zone, timeStyle: 'long' }).format(at))
        .join();
    expect(new Set(zones.map(clock)).size).toBe(zones.length);
  });

  it('are shown by the name that people know, where several have one clock', () => {
    expect(zonesOfNumber('+541143211234', NOW)).toEqual(['America/Buenos_Aires']);
    expect(zonesOfNumber('+34911234567', NOW)[0]).toBe('Europe/Madrid');
    expect(zonesOfNumber('+551131234567', NOW)[0]).toBe('America/Sao_Paulo');
  });

  it('are known for every country that has a numbering plan', () => {
    const countries = Object.keys(metadata.countries);
    expect(countries.length).toBeGreaterThan(200);
    const unknown = countries.filter(
      (country) => !(new Intl.Locale(`und-${country}`) as { getTimeZones?: () => string[] }).getTimeZones?.()?.length,
    );
    expect(unknown.filter((country) => !['XK', 'AC', 'TA'].includes(country))).toEqual([]);
  });

  it('are none for what is no number', () => {
    expect(zonesOfNumber('+1', NOW)).toEqual([]);
    expect(zonesOfNumber('nonsense', NOW)).toEqual([]);
  });
});

describe('area codes', () => {
  it('have three digits, once each, and zones that exist', () => {
    for (const [code, zones] of AREA_ZONES) {
      expect(code).toMatch(/^[2-9]\d\d$/);
      expect(zones.every(zoneExists)).toBe(true);
    }
    expect(AREA_ZONES.size).toBeGreaterThan(350);
  });
});

describe('zoneExists', () => {
  it.each([
    ['America/Argentina/Buenos_Aires', true],
    ['Europe/Madrid', true],
    ['UTC', true],
    ['Etc/GMT+3', true],
    ['Mars/Olympus', false],
    ['+03:00', false],
    ['', false],
    ['GMT+3', false],
    ['Europe/Madrid ', false],
    [`Europe/${'x'.repeat(5_000)}`, false],
  ])('%s: %p', (name, exists) => {
    expect(zoneExists(name)).toBe(exists);
  });

  it('takes every zone that a browser offers, and links to them, in whatever case', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((name) => !zoneExists(name))).toEqual([]);
    const links = [
      'Asia/Kolkata',
      'Asia/Calcutta',
      'Europe/Kyiv',
      'US/Pacific',
      'europe/madrid',
      'Etc/UTC',
      'Japan',
      'NZ',
    ];
    expect(links.filter((name) => !zoneExists(name))).toEqual([]);
  });

  // All that ICU 78 knows beyond the tz database: ids of old Java and of System V, and two zones that never were.
  const notIana =
    'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST SystemV/AST4 SystemV/EST5EDT SystemV/PST8 US/Pacific-New Canada/East-Saskatchewan art';
  // The tz database keeps these for old programs; EST is Panama, and New York only in winter.
  const abbreviations = 'EST MST HST EST5EDT CST6CDT MST7MDT PST8PDT WET CET MET EET GMT GMT0 GMT+0 GMT-0 Factory';
  const offsets = 'GMT-3 GMT+3 UTC-3 UTC+03:00 GMT-03:00 Etc/GMT-03 -03';
  it.each([...notIana.split(' '), ...abbreviations.split(' '), ...offsets.split(' ')])('takes no %s', (name) => {
    expect(zoneExists(name)).toBe(false);
  });
});
