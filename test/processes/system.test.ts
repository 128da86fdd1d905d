import { describe, expect, it } from '@jest/globals';
import { loadConfig } from '../../config/load.ts';
import type { Secrets } from '../../config/secrets.ts';
import type { Parts } from '../../processes/parts.ts';
import { startSystem } from '../../processes/system.ts';

const SECRETS: Secrets = { hashKey: Buffer.alloc(32), callbackSecret: 'whsec_x' };
const SANDBOX_ENV = {
  TWILIO_ACCOUNT_SID: `AC${'1'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 't',
  TWILIO_PHONE_NUMBER: '+15005550006',
  ELEVENLABS_API_KEY: 'k',
  ELEVENLABS_AGENT_ID: 'a',
  ELEVENLABS_PHONE_NUMBER_ID: 'p',
  ELEVENLABS_WEBHOOK_SECRET: 'w',
  ELEVENLABS_TOOL_SECRET: 's',
};
const SIMULATION = { ELEVENLABS_API_KEY: 'k', ELEVENLABS_AGENT_ID: 'a' };

/** Parts that write down what happens to them, in order. */
function recorded(change: Partial<Parts> = {}) {
  const log: string[] = [];
  const told: string[] = [];
  let temporalEnds: () => void = () => {};
  let workerFails: (error: Error) => void = () => {};
  const note = (line: string) => async () => void log.push(line);
  const parts: Parts = {
    prepare: () => void log.push('prepare'),
    startSandbox: async () => ({ url: 'http://127.0.0.1:9', env: SANDBOX_ENV, close: note('close sandbox') }),
    startTemporal: async () => ({
      connection: { namespace: 'default', connectionOptions: { address: '127.0.0.1:7233' } },
      ended: new Promise((resolve) => {
        temporalEnds = resolve;
      }),
      stop: note('stop temporal'),
    }),
    startWorker: async ({ config }) => {
      log.push(`worker for ${config.twilio?.accountSid ?? 'no Twilio'}`);
      return {
        ended: new Promise((_, reject) => {
          workerFails = reject;
        }),
        stopDialing: note('stop dialing'),
        drain: note('drain worker'),
      };
    },
    startApi: async ({ temporal }) => {
      log.push(`api on ${temporal.connectionOptions.address}`);
      return {
        polled: async () => {
          log.push('polled');
          return [];
        },
        refuseBookings: () => void log.push('refuse bookings'),
        hangUpLiveCalls: async () => {
          log.push('hang up');
          return 2;
        },
        close: note('close api'),
      };
    },
    ...change,
  };
  return {
    log,
    told,
    start: (env: Record<string, string> = {}) =>
      startSystem(loadConfig(env), SECRETS, parts, (line) => void told.push(line)),
    temporalEnds: () => temporalEnds(),
    workerFails: (error: Error) => workerFails(error),
  };
}

describe('starting the system', () => {
  it('gives worker and API the providers that the sandbox made up, and Temporal’s address', async () => {
    const { start, log } = recorded();
    await start();
    expect(log).toEqual(['prepare', `worker for ${SANDBOX_ENV.TWILIO_ACCOUNT_SID}`, 'api on 127.0.0.1:7233', 'polled']);
  });

  it('starts no sandbox in another mode', async () => {
    const { start, log } = recorded({ startSandbox: () => Promise.reject(new Error('must not be started')) });
    const system = await start(SIMULATION);
    expect(system.sandbox).toBeUndefined();
    expect(log).toContain('worker for no Twilio');
  });

  it('stops what it had started when a part fails, the slower ones too', async () => {
    const { start, log } = recorded({ startApi: () => Promise.reject(new Error('port taken')) });
    await expect(start()).rejects.toThrow('port taken');
    expect(log.slice(-4).sort()).toEqual(['close sandbox', 'drain worker', 'stop dialing', 'stop temporal']);
    const early = recorded({ startTemporal: () => Promise.reject(new Error('no Temporal')) });
    await expect(early.start()).rejects.toThrow('no Temporal');
    expect(early.log).toEqual(['prepare', 'close sandbox']);
  });
});

describe('a start whose workers are not seen yet', () => {
  const apiThatSees = (polled: () => Promise<string[]>) => ({
    notes: ['of the API'],
    polled,
    refuseBookings: () => {},
    hangUpLiveCalls: async () => 0,
    close: async () => {},
  });

  it('is not ready before they are', async () => {
    let seen: (notes: string[]) => void = () => {};
    const polled = new Promise<string[]>((resolve) => {
      seen = resolve;
    });
    const { start } = recorded({ startApi: async () => apiThatSees(() => polled) });
    let ready = false;
    const starting = start().then((system) => {
      ready = true;
      return system;
    });
    await new Promise(setImmediate);
    expect(ready).toBe(false);
    seen(['no worker polls the task queue x']);
    expect((await starting).notes).toEqual(['of the API', 'no worker polls the task queue x']);
  });

  it('stops the parts when one of them ends meanwhile', async () => {
    const { start, log, workerFails } = recorded({ startApi: async () => apiThatSees(() => new Promise(() => {})) });
    const starting = start();
    await new Promise(setImmediate);
    workerFails(new Error('no memory left'));
    await expect(starting).rejects.toThrow('no memory left');
    expect(log.slice(-4).sort()).toEqual(['close sandbox', 'drain worker', 'stop dialing', 'stop temporal']);
  });
});

describe('stopping the system', () => {
  it('refuses bookings, dials no more and hangs up first, drains while webhooks still arrive, and stops the engine last', async () => {
    const { start, log, told } = recorded();
    const system = await start();
    log.length = 0;
    await system.stop();
    expect(log.slice(0, 5)).toEqual(['refuse bookings', 'stop dialing', 'hang up', 'drain worker', 'close api']);
    expect(log.slice(5).sort()).toEqual(['close sandbox', 'stop temporal']);
    expect(told).toEqual(['hung up 2 live calls']);
  });

  it('happens once, however often it is asked for', async () => {
    const { start, log } = recorded();
    const system = await start();
    await Promise.all([system.stop(), system.stop()]);
    await system.stop();
    expect(log.filter((line) => line === 'drain worker')).toHaveLength(1);
  });

  it('goes on to the end when a part fails', async () => {
    const api = {
      polled: async () => [],
      refuseBookings: () => {},
      hangUpLiveCalls: () => Promise.reject(new Error('Twilio is out of reach')),
      close: async () => {},
    };
    const { start, log, told } = recorded({ startApi: async () => api });
    await (await start()).stop();
    expect(log).toEqual(expect.arrayContaining(['drain worker', 'stop temporal', 'close sandbox']));
    expect(told).toEqual(['hanging up live calls failed: Twilio is out of reach']);
  });
});

describe('a part that ends by itself', () => {
  it('breaks the system: Temporal', async () => {
    const { start, temporalEnds } = recorded();
    const system = await start();
    temporalEnds();
    await expect(system.broken).rejects.toThrow(/dev server .* ended unexpectedly/);
  });

  it('breaks the system: the worker', async () => {
    const { start, workerFails } = recorded();
    const system = await start();
    workerFails(new Error('no memory left'));
    await expect(system.broken).rejects.toThrow('no memory left');
  });
});
