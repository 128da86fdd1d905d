import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Caller } from '../../sandbox/talk/minds.ts';
import { TurnTaker } from '../../sandbox/talk/turns.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

const PATIENCE_MS = 1000;
/** How long each of its sentences takes. */
const WORDS_MS = 800;
const SILENCE = new Int16Array(160);

function caller(steadyLine: boolean) {
  const said: string[] = [];
  const turns = new TurnTaker({
    mind: new Caller('es'),
    listensTo: 'business',
    pace: 6,
    patienceMs: PATIENCE_MS,
    steadyLine,
    body: {
      speak: ({ gist }) => {
        said.push(gist);
        return WORDS_MS;
      },
      heard: () => {},
      interrupted: () => false,
      report: async () => {},
      hangUp: () => said.push('hangs up'),
    },
  });
  turns.open();
  return {
    said,
    /** The line brings silence, as a phone does. */
    async silence(ms: number) {
      for (let passed = 0; passed < ms; passed += 20) {
        await jest.advanceTimersByTimeAsync(20);
        turns.hear(SILENCE);
      }
    },
    /** The line brings nothing. */
    stuck: (ms: number) => jest.advanceTimersByTimeAsync(ms),
  };
}

describe('a caller who waits for an answer', () => {
  it('asks whether somebody hears it, and gives up', async () => {
    const { said, silence } = caller(true);
    await silence(WORDS_MS + PATIENCE_MS + 100);
    expect(said).toEqual(['intro', 'hello']);
    await silence(WORDS_MS + PATIENCE_MS + 200);
    expect(said).toEqual(['intro', 'hello', 'hangs up']);
  });

  it('does not take a line that is stuck for a callee who is silent', async () => {
    const { said, silence, stuck } = caller(true);
    await silence(100);
    await stuck(10_000);
    expect(said).toEqual(['intro']);
    // Its words are on their way now: the callee hears them, and may think.
    await silence(WORDS_MS + PATIENCE_MS - 100);
    expect(said).toEqual(['intro']);
    await silence(300);
    expect(said).toEqual(['intro', 'hello']);
  });

  it('counts every silence where the line may bring nothing', async () => {
    const { said, stuck } = caller(false);
    await stuck(10_000);
    expect(said).toEqual(['intro', 'hello', 'hangs up']);
  });
});
