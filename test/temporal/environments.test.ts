import { describe, expect, it } from '@jest/globals';
import { devServer, timeSkipping } from '../support/temporal.ts';

const NAMES = ['BookingStatus', 'BookingChannel', 'BookingResult'];

describe('Temporal for tests', () => {
  const real = devServer();
  const skipping = timeSkipping();

  it('is a real dev server with the product’s search attributes', async () => {
    const { customAttributes } = await real.env.connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(NAMES));
    expect(real.env.supportsTimeSkipping).toBe(false);
  });

  it('is a time-skipping server whose hours pass in no time', async () => {
    const before = await skipping.env.currentTimeMs();
    await skipping.env.sleep('2h');
    expect((await skipping.env.currentTimeMs()) - before).toBeGreaterThanOrEqual(7_200_000);
  });
});
