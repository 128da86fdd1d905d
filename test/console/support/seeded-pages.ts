import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { ApiSettings } from '../../../api/deps.ts';
import { browserPages } from './browser.ts';
import { type Seeded, seeded } from './seeded.ts';

/**
 * The console over bookings of every kind, and pages of one browser to look at it. Between `beforeAll` and `afterAll` of whoever
 * calls; `shown.s` is to be read inside tests.
 */
export function seededPages(settings: Partial<ApiSettings> = {}) {
  const shown: { s: Seeded } = { s: undefined! };
  let now = Date.parse('2026-11-25T12:10:00Z');
  const open = browserPages();
  beforeAll(async () => {
    shown.s = await seeded(() => now, settings);
  }, 60_000);
  afterAll(() => shown.s?.close());
  // Those who sign in often are slowed down.
  beforeEach(() => {
    now += 600_000;
  });
  /** Lets so many hours pass for the server. */
  const later = (hours: number): void => {
    now += hours * 3_600_000;
  };
  return { open, shown, later };
}
