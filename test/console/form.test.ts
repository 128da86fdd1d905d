import { describe, expect, it } from '@jest/globals';
import { formRules } from '../../api/console/form-rules.ts';
import { bodyOf, refusals } from '../../console/form/body.ts';
import { EXAMPLES } from '../../console/form/examples.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';

import { worldOf } from '../../sandbox/numbers.ts';

const rules = formRules();
const LEAST = {
  'business.name': 'Clínica',
  'business.phone': '+541143211234',
  'request.service_type': 'dentista',
  'request.user_name': 'Mauro',
};
const why = (given: Record<string, string | boolean>) => refusals(given, rules).map((one) => `${one.field} ${one.why}`);

describe('the form for a new booking', () => {
  it('makes of what is filled in a body that the API accepts, and leaves out what is as it would be anyway', () => {
    const given = {
      ...LEAST,
      'business.timezone': ' Europe/Madrid ',
      'request.preferred_date': '',
      'escalation.native.enabled': false,
      'escalation.bridge.enabled': true,
      'escalation.bridge.ring_seconds': '45',
      'escalation.bridge.max_attempts': '1',
      metadata: 'order: 42\n\nurl: http://x/y',
    };
    expect(refusals(given, rules)).toEqual([]);
    const body = bodyOf(given, rules);
    expect(body).toEqual({
      business: { name: 'Clínica', phone: '+541143211234', timezone: 'Europe/Madrid' },
      request: { service_type: 'dentista', user_name: 'Mauro' },
      escalation: { native: { enabled: false }, bridge: { max_attempts: 1 } },
      metadata: { order: '42', url: 'http://x/y' },
    });
    expect(bookingRequestSchema.safeParse(body).success).toBe(true);
  });

  it('refuses early only what the API refuses too', () => {
    const wrong: [string, string][] = [
      ['business.name', '   '],
      ['business.name', 'x'.repeat(1_001)],
      ['business.phone', '11 4321 1234'],
      ['request.special_requests', '💈'.repeat(1_001)],
      ['language', 'español'],
      ['escalation.native.budget_seconds', '0'],
      ['escalation.bridge.max_attempts', '1.5'],
      ['escalation.bridge.ring_seconds', '121'],
    ];
    for (const [field, value] of wrong) {
      const given = { ...LEAST, [field]: value };
      expect([field, refusals(given, rules).map((one) => one.field)]).toEqual([field, [field]]);
      expect([field, bookingRequestSchema.safeParse(bodyOf(given, rules)).success]).toEqual([field, false]);
    }
    expect(refusals({ ...LEAST, 'request.special_requests': '💈'.repeat(1_000) }, rules)).toEqual([]);
  });

  it('names what is missing, what is out of range, and metadata that is none', () => {
    expect(why({ 'business.name': '', 'request.preferred_time': '' })).toEqual(['business.name required']);
    expect(why({ 'escalation.native.ring_seconds': '4' })).toEqual(['escalation.native.ring_seconds range']);
    expect(why({ metadata: 'no colon here' })).toEqual(['metadata metadata']);
  });

  it('offers numbers that do in the sandbox what is said of them', () => {
    expect(Object.fromEntries(Object.entries(EXAMPLES).map(([what, number]) => [what, worldOf(number)]))).toEqual({
      books: {},
      bridge: { native: ['success-false'] },
      simulation: { native: ['403'], twilio_create: ['21216'] },
      hedges: { callee: ['hedges'] },
      review: { callee: ['silent-line'] },
      silence: { callee: ['no-answer'] },
      forbids: { callee: ['do-not-call'] },
      menu: { callee: ['menu'] },
      hold: { callee: ['hold'] },
      screener: { callee: ['screener'] },
      callMe: { callee: ['call-me-at', 'answer-and-book'] },
      ringsBack: { callee: ['no-answer', 'answer-and-book'], rings_back_ms: 8_000 },
    });
  });
});
