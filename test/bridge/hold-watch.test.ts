import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '../../bridge/clock.ts';
import { HoldWatch } from '../../bridge/hold-watch.ts';

/** A clock that a test moves. */
class HandClock implements Clock {
  #now = 0;
  readonly #due = new Set<{ at: number; run(): void }>();

  now = (): number => this.#now;
  date = (): Date => new Date(this.#now);
  every = (): (() => void) => () => {};

  after = (ms: number, run: () => void): (() => void) => {
    const one = { at: this.#now + ms, run };
    this.#due.add(one);
    return () => this.#due.delete(one);
  };

  pass(seconds: number): void {
    const until = this.#now + seconds * 1000;
    for (;;) {
      const next = [...this.#due].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due.delete(next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }
}

let clock: HandClock;
let told: string[];
let watch: HoldWatch;
beforeEach(() => {
  clock = new HandClock();
  told = [];
  const tell = (word: string) => () => void told.push(word);
  const setup = { onHold: tell('on hold'), back: tell('back'), tooLong: tell('too long'), giveUp: tell('give up') };
  watch = new HoldWatch({ clock, holdMs: 180_000, ...setup });
});

describe('a call is on hold', () => {
  it('after a request to wait, once nobody has spoken for a few seconds', () => {
    watch.businessSaid('Un momentito, por favor.');
    clock.pass(3);
    expect(told).toEqual([]);
    clock.pass(2);
    expect(told).toEqual(['on hold']);
    watch.businessSaid('Sí, tengo lugar el martes a las cuatro.');
    expect(told).toEqual(['on hold', 'back']);
  });

  it('when the agent waits by its tool, or nobody says anything for long', () => {
    watch.waits();
    clock.pass(5);
    watch.businessSaid('Hola, ¿sigue ahí?');
    watch.agentSaid();
    clock.pass(21);
    expect(told).toEqual(['on hold', 'back', 'on hold']);
  });

  it('through a recorded wait, and through words of the agent', () => {
    watch.businessSaid('One moment, please.');
    clock.pass(5);
    watch.businessSaid('Your call is important to us. Please stay on the line, and we will be with you.');
    watch.agentSaid();
    expect(told).toEqual(['on hold']);
  });

  it('not while people talk', () => {
    for (let n = 0; n < 10; n++) {
      watch.businessSaid('A ver, un momento. Sí, acá tengo el martes a las cuatro de la tarde.');
      clock.pass(3);
      watch.agentSaid();
      clock.pass(3);
    }
    expect(told).toEqual([]);
  });
});

describe('a hold that lasts', () => {
  it('ends with the agent’s goodbye, or without it a little later', () => {
    watch.waits();
    clock.pass(179);
    expect(told).toEqual(['on hold']);
    clock.pass(2);
    expect(told).toEqual(['on hold', 'too long']);
    clock.pass(20);
    expect(told).toEqual(['on hold', 'too long', 'give up']);
  });

  it('ends nothing once somebody is back or the call is over', () => {
    watch.waits();
    clock.pass(100);
    watch.businessSaid('Ya estoy con usted.');
    watch.waits();
    clock.pass(5);
    watch.close();
    clock.pass(600);
    expect(told).toEqual(['on hold', 'back', 'on hold']);
  });
});
