import { expect } from '@jest/globals';
import type { FakeAgent } from './fake-agent.ts';
import type { FakePhone } from './fake-phone.ts';
import type { House } from './house.ts';
import { mulawTone } from './tone.ts';
import { until } from './until.ts';

/**
 * A genuine talk of the same call that goes on while others attack: it must notice nothing. (Errors and rejections that nobody
 * handles are no concern of the tests: jest fails the test in which one happens.)
 */
export class Witness {
  readonly phone: FakePhone;
  readonly agent: FakeAgent;
  #checks = 0;

  private constructor(phone: FakePhone, agent: FakeAgent) {
    this.phone = phone;
    this.agent = agent;
  }

  /** Opens a stream with a good token; an older stream of the call ends by that. */
  static join(house: House): Promise<Witness> {
    return house.calmly(() => Witness.#join(house));
  }

  static async #join(house: House): Promise<Witness> {
    const before = house.agents.agents.length;
    const phone = await house.phone('CA1', `MZ-genuine-${before}`);
    await until('the genuine stream is joined', () =>
      house.events('stream_started').some(({ id }) => id.endsWith(phone.streamSid)),
    );
    return new Witness(phone, house.agents.agents.at(-1)!);
  }

  /** Audio still goes both ways, and all of it. */
  async check(): Promise<void> {
    const n = ++this.#checks;
    this.phone.speak(mulawTone(400, 160, n));
    this.agent.audio(mulawTone(700, 160, n), n);
    await until('the talk goes on', () => this.agent.heard.length === n * 160 && this.phone.heard.length === n * 160);
    expect(this.phone.closed).toBeUndefined();
  }
}
