import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { AREA_ZONES } from '../../domain/area-zones.ts';
import { NEW_AREA_CODES } from '../../domain/new-area-codes.ts';
import { checkPhoneNumber } from '../../domain/phone-number.ts';
import { zonesOfNumber } from '../../domain/zones.ts';

/**
 * The NPA report of the North American Numbering Plan Administrator (reports.nanpa.com/public/npa_report.csv) of 26 November 2025,
 * reduced to the geographic codes that are assigned and to six of its columns. It has every code that NANPA's list of 21 September 2026
 * says is in service, and three more that are planned.
 */
const REPORT = readFileSync(new URL('nanpa-area-codes.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1);

interface Area {
  code: string;
  location: string;
  country: string;
  /** The codes of the whole area in which its numbers are given out. */
  complex: string[];
  /** Letters of its time zones: E, C, M, P, EC … */
  zones: string;
}

const areas: Area[] = REPORT.map((line) => line.split(',')).map(([code, location, country, , complex, zones]) => ({
  code: code!,
  location: location!,
  country: country!,
  complex: [...new Set([code!, ...complex!.split(/[ /]/).filter(Boolean)])],
  zones: zones!,
}));

/** Parts of the United States that are countries of their own to libphonenumber and to the zone list, of one zone each. */
const TERRITORIES: Record<string, string> = {
  PR: 'America/Puerto_Rico',
  VI: 'America/St_Thomas',
  GU: 'Pacific/Guam',
  CNMI: 'Pacific/Saipan',
  AS: 'Pacific/Pago_Pago',
};

const spread = areas.filter(({ country, location }) => /^(US|CANADA)$/.test(country) && !TERRITORIES[location]);
const byCode = new Map(spread.map((area) => [area.code, area]));
const NOW = Date.parse('2026-01-15T12:00:00Z');
const numberIn = (code: string): string => `+1${code}2345678`;

/** Winter's hours from UTC, and the letter that NANPA gives a zone of the mainland. */
const hours = (zone: string): number => {
  const [, sign, hour, minute] = /GMT([+-])(\d\d):(\d\d)/.exec(
    new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).format(NOW),
  )!;
  return Number(`${sign}1`) * (Number(hour) + Number(minute) / 60);
};
const LETTERS: Record<string, number> = { N: -3.5, A: -4, E: -5, C: -6, M: -7, P: -8 };

describe('area codes of the United States and Canada', () => {
  it('are all those of NANPA’s report, and no others', () => {
    expect(spread.length).toBeGreaterThan(420);
    expect([...AREA_ZONES.keys()].sort()).toEqual(spread.map(({ code }) => code).sort());
  });

  it('have every zone that the report gives them', () => {
    const letters = spread.filter(({ zones }) => /^[NAECMP]+$/.test(zones));
    // Alaska, Hawaii and Nevada are described in words.
    expect(spread.length - letters.length).toBe(3);
    const missing = letters.flatMap(({ code, zones }) =>
      [...zones].filter((letter) => !AREA_ZONES.get(code)!.some((zone) => hours(zone) === LETTERS[letter])),
    );
    expect(missing).toEqual([]);
  });

  it('that lie over others have all zones of those', () => {
    const over = spread.flatMap((area) =>
      area.complex
        .flatMap((code) => byCode.get(code) ?? [])
        .filter((under) => under !== area && under.complex.every((code) => area.complex.includes(code)))
        .map((under) => ({ over: area.code, under: under.code })),
    );
    expect(over.length).toBeGreaterThan(400);
    const short = over.filter(({ over, under }) =>
      AREA_ZONES.get(under)!.some((zone) => !AREA_ZONES.get(over)!.includes(zone)),
    );
    expect(short).toEqual([]);
  });

  it.each([
    ['364, over Western Kentucky', '+13642345678', ['America/Chicago', 'America/New_York']],
    ['474, over Saskatchewan', '+14742345678', ['America/Regina']],
    ['689, over Orlando', '+16892345678', ['America/New_York']],
    ['448, over the Florida Panhandle', '+14482345678', ['America/Chicago', 'America/New_York']],
    ['458, over Oregon', '+14582345678', ['America/Denver', 'America/Los_Angeles']],
    ['930, over Southern Indiana', '+19302345678', ['America/Chicago', 'America/New_York']],
    ['367, over Eastern Quebec', '+13672345678', ['America/Halifax', 'America/Toronto']],
    ['778, over British Columbia', '+17782345678', ['America/Edmonton', 'America/Vancouver']],
    ['729, over Eastern Tennessee, which is new', '+17292345678', ['America/Chicago', 'America/New_York']],
    ['879, over Newfoundland and Labrador', '+18792345678', ['America/Halifax', 'America/St_Johns']],
  ])('%s', (_code, number, zones) => {
    expect(zonesOfNumber(number, NOW).sort()).toEqual(zones);
  });

  it('may all be dialed, the newest too, in the country in which they are', () => {
    const wrong = spread
      .map(({ code, country }) => ({
        code,
        country: country === 'US' ? 'US' : 'CA',
        checked: checkPhoneNumber(numberIn(code)),
      }))
      .filter(({ country, checked }) => !checked.ok || checked.country !== country);
    expect(wrong).toEqual([]);
  });

  it('are known to libphonenumber, but for those that are kept here until they are', () => {
    const unknown = spread.filter(({ code }) => !parsePhoneNumberFromString(numberIn(code))?.isValid());
    expect(unknown.map(({ code }) => code)).toEqual(NEW_AREA_CODES);
  });
});

describe('area codes of the other countries under +1', () => {
  it('leave the zone to the country', () => {
    for (const { code, location } of areas.filter(({ location }) => TERRITORIES[location])) {
      const local = {
        '787': '7872345678',
        '939': '9392345678',
        '340': '3406421234',
        '671': '6713001234',
        '670': '6702345678',
      };
      const number = `+1${local[code as keyof typeof local] ?? `${code}6221234`}`;
      expect([code, zonesOfNumber(number, NOW)]).toEqual([code, [TERRITORIES[location]!]]);
    }
    expect(areas.filter(({ code }) => !byCode.has(code) && AREA_ZONES.has(code))).toEqual([]);
  });
});
