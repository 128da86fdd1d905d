import { describe, expect, it } from '@jest/globals';
import { isFree } from '../../temporal/free-port.ts';
import { START } from '../support/orders.ts';
import { devServer, newTimeSkipping, timeSkipping } from '../support/temporal.ts';
import { until } from '../support/until.ts';

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

  it('starts a time-skipping server at one hour and weekday, whenever tests run', async () => {
    const other = await newTimeSkipping();
    const [day, hour] = ['long', 'numeric'] as const;
    const at = new Intl.DateTimeFormat('en', { timeZone: 'UTC', weekday: day, hour, hour12: false });
    expect(at.format(await other.currentTimeMs())).toBe(at.format(START));
    await other.teardown();
  });

  it('gives each time-skipping server a time and workflows of its own, and ends it', async () => {
    const other = await newTimeSkipping();
    const before = await other.currentTimeMs();
    await skipping.env.sleep('2h');
    expect((await other.currentTimeMs()) - before).toBeLessThan(3_600_000);
    await other.client.workflow.start('anything', { workflowId: 'of the other', taskQueue: 'nobody' });
    const here = skipping.env.client.workflow.getHandle('of the other');
    await expect(here.describe()).rejects.toThrow('not found');
    await other.teardown();
    const [host, port] = other.address.split(':');
    await until(() => isFree(Number(port), host), 10_000, 'the port of the server that has ended');
  }, 60_000);
});
