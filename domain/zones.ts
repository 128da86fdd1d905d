import { AREA_ZONES } from './area-zones.ts';
import { checkPhoneNumber } from './phone-number.ts';

/** Heavy through phone-number.ts: for the API only, never imported by workflows. */

/**
 * Zones that `Intl` has beyond the IANA list, all from ICU. Its other additions are abbreviations, such as ART for Cairo and BST for Dhaka.
 */
const NOT_IANA = /^(systemv\/.*|us\/pacific-new|canada\/east-saskatchewan)$/;

/**
 * Names of the IANA list without a slash that mean one place, and UTC. Its abbreviations (EST, MET, GMT, PST8PDT …) are left out: people
 * use them for places whose clocks differ from the zone of that name for half of the year.
 */
const WITHOUT_SLASH = new Set(
  'cuba egypt eire gb gb-eire hongkong iceland iran israel jamaica japan kwajalein libya navajo nz nz-chat poland portugal prc roc rok singapore turkey uct universal utc w-su zulu'.split(
    ' ',
  ),
);

/** Zones that were found, in lower case: `Intl` takes a tenth of a millisecond for each, and a batch has thousands. */
const existing = new Set<string>();

/**
 * True for a name of the IANA zone list, in any case, that this process knows. Abbreviations and offsets (`+03:00`), which ignore summer
 * time, are not accepted.
 */
export function zoneExists(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(name)) return false;
  const lower = name.toLowerCase();
  if (lower.includes('/') ? NOT_IANA.test(lower) : !WITHOUT_SLASH.has(lower)) return false;
  if (existing.has(lower)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    existing.add(lower);
    return true;
  } catch {
    return false;
  }
}

/** ECMA-402's locale info (the CLDR data of Node.js); TypeScript's library does not have it yet. */
interface LocaleWithZones {
  getTimeZones?: () => string[] | undefined;
}

/** Territories without a zone in CLDR. */
const WITHOUT_ENTRY: Record<string, string[]> = {
  XK: ['Europe/Belgrade'],
  AC: ['Atlantic/St_Helena'],
  TA: ['Atlantic/St_Helena'],
};

const zonesOfCountry = (country: string): string[] =>
  WITHOUT_ENTRY[country] ?? (new Intl.Locale(`und-${country}`) as LocaleWithZones).getTimeZones?.() ?? [];

const WEEK_MS = 7 * 86_400_000;
const WEEKS_AHEAD = 56;

/** The zone's wall clock, week by week for a year. Zones with the same one open and close together. */
function clockOf(zone: string, from: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset', year: 'numeric' });
  let clock = '';
  for (let week = 0; week < WEEKS_AHEAD; week++) clock += format.format(from + week * WEEK_MS).slice(4);
  return clock;
}

/** Of several zones with the same clock, people should see the one that they know: Madrid, not Ceuta. */
const BEST_KNOWN = new Set([
  'America/Buenos_Aires',
  'America/Mexico_City',
  'America/New_York',
  'America/Santiago',
  'America/Sao_Paulo',
  'America/Toronto',
  'Asia/Shanghai',
  'Australia/Sydney',
  'Europe/Berlin',
  'Europe/Lisbon',
  'Europe/Madrid',
  'Europe/Moscow',
  'Pacific/Auckland',
]);

/** Argentina has twelve zones with the same clock: one of each clock is enough, and much less to compute with. */
function withDistinctClocks(zones: readonly string[], now: number): string[] {
  if (zones.length < 2) return [...zones];
  const byClock = new Map<string, string>();
  for (const zone of [...zones.filter((each) => BEST_KNOWN.has(each)), ...zones]) {
    const clock = clockOf(zone, now);
    if (!byClock.has(clock)) byClock.set(clock, zone);
  }
  return [...byClock.values()];
}

const remembered = new Map<string, { month: number; zones: string[] }>();

/**
 * The IANA zones of a number's owner, one for each wall clock: those of its area code if known, else those of its country. Empty when
 * nothing is known (the caller must then request a time zone).
 * @param now milliseconds since 1970
 */
export function zonesOfNumber(phone: string, now: number): string[] {
  const checked = checkPhoneNumber(phone);
  if (!checked.ok) return [];
  const area = checked.callingCode === '1' ? phone.slice(2, 5) : undefined;
  const key = area && AREA_ZONES.has(area) ? area : checked.country;
  if (!key) return [];
  const month = Math.floor(now / (30 * 86_400_000));
  const known = remembered.get(key);
  if (known?.month === month) return known.zones;
  const zones = withDistinctClocks(AREA_ZONES.get(key) ?? zonesOfCountry(key), month * 30 * 86_400_000);
  remembered.set(key, { month, zones });
  return zones;
}
