import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import { bookingRequestSchema } from '../../domain/schemas/booking-request.ts';
import { welcome } from '../../processes/welcome.ts';

const bodyOf = (text: string): unknown => JSON.parse(/-d '(.*)'/.exec(text)![1]!);

describe('the welcome', () => {
  it('says where everything is and gives a booking that the API accepts', () => {
    const text = welcome(loadConfig({ PORT: '4000' }, '/srv'), 3.21, 'http://127.0.0.1:8233');
    for (const part of [
      'ready after 3.2 s',
      'sandbox',
      'Console   http://127.0.0.1:4000 ',
      'http://127.0.0.1:4000/v1/bookings',
      'http://127.0.0.1:8233',
      '/srv/.data',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('Authorization');
    expect(bookingRequestSchema.safeParse(bodyOf(text)).success).toBe(true);
  });

  it('asks for a key where only operators have one', () => {
    const text = welcome(loadConfig({ OPERATOR_KEYS: 'very-secret-key' }), 1, undefined);
    expect(text).toContain("-H 'Authorization: Bearer ONE-OF-YOUR-OPERATOR_KEYS'");
    expect(text).not.toContain('very-secret-key');
  });

  it('shows no key, and no number that a paste would ring', () => {
    const live = {
      API_KEYS: 'very-secret-key',
      PUBLIC_URL: 'https://calls.example.com',
      TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
      TWILIO_AUTH_TOKEN: 't',
      TWILIO_PHONE_NUMBER: '+15005550006',
      ELEVENLABS_API_KEY: 'k',
      ELEVENLABS_AGENT_ID: 'a',
      ELEVENLABS_PHONE_NUMBER_ID: 'p',
      ELEVENLABS_WEBHOOK_SECRET: 'w',
      ELEVENLABS_TOOL_SECRET: 's',
    };
    const text = welcome(loadConfig(live), 1, undefined);
    expect(text).toContain("-H 'Authorization: Bearer ONE-OF-YOUR-API_KEYS'");
    expect(text).not.toContain('very-secret-key');
    expect(text).not.toMatch(/"phone":"\+\d/);
    expect(text).toContain('https://calls.example.com');
  });
});
