import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../bridge/clock.ts';
import { disclosure, firstMessage } from '../../domain/prompts.ts';
import { conversationInit } from '../../providers/elevenlabs/initiation.ts';
import { Bridges } from './support/bridges.ts';
import type { FakeAgent } from './support/fake-agent.ts';
import { FakePhone } from './support/fake-phone.ts';
import { CALL, order } from './support/order.ts';
import { mulawTone } from './support/tone.ts';
import { until } from './support/until.ts';

const GREETING = firstMessage(order());
const SECOND = mulawTone(700, 8000);

let bridges: Bridges;
/** The stream at the first bridge; no mark of its comes back by itself. */
let phone: FakePhone;

const open = async (): Promise<void> => {
  bridges = await Bridges.open(2, { clock: systemClock, firstMessageOverride: true });
};
afterEach(async () => {
  phone?.drop();
  await bridges.close();
});

const started = (sid: string) =>
  until(`${sid} is joined`, () => bridges.named('stream_started').some(({ id }) => id.endsWith(sid)));

async function firstStream(): Promise<FakeAgent> {
  phone = await bridges.phone(0, 'MZ1');
  phone.echoes = false;
  await started('MZ1');
  return bridges.agents.agent();
}

const openingMark = (): string | undefined =>
  phone
    .of('mark')
    .map(({ mark }) => mark!.name)
    .findLast((name) => name.startsWith('opening.'));

/** The agent says its first words, and all of them are on their way. */
async function greet(agent: FakeAgent): Promise<void> {
  agent.says(GREETING);
  agent.audio(SECOND, 1);
  agent.audio(SECOND, 2);
  await until('they are on their way', () => phone.heard.length === 2 * SECOND.length);
  await until('it is asked whether they were heard', openingMark);
}

/** How a bridge may lose a call. */
const LOSSES = {
  'is killed': async () => {
    bridges.all[0]!.die();
    phone.drop();
  },
  'hands the call over': () => bridges.all[0]!.bridge.close(0),
  'loses the stream': async () => {
    phone.drop();
    await until('it is lost', () => bridges.all[0]!.bridge.live() === 0);
  },
} as const;

/** The call's next stream, at the other bridge, once its agent was given its first words. */
async function takenOver(): Promise<FakeAgent> {
  const before = bridges.agents.agents.length;
  await bridges.phone(1, 'MZ2');
  await started('MZ2');
  return bridges.agents.agent(before);
}

const firstWords = ({ init }: FakeAgent): string | undefined =>
  (init as { conversation_config_override?: { agent?: { first_message?: string } } }).conversation_config_override
    ?.agent?.first_message;

/** Nothing tells this agent that somebody else has had the call. */
function expectNew(agent: FakeAgent): void {
  // A minute may have begun meanwhile.
  const { dynamic_variables, ...rest } = conversationInit(order(), CALL);
  const variables = { ...(dynamic_variables as object), business_time: expect.stringMatching(/^\d\d:\d\d$/) };
  expect(agent.init).toEqual({ ...rest, dynamic_variables: variables });
  expect(agent.of('contextual_update')).toEqual([]);
}

describe.each(Object.entries(LOSSES))('a talk whose bridge %s before its first words were heard', (_, lose) => {
  it('begins as a new one, if no token was taken yet', async () => {
    await open();
    phone = new FakePhone(`${bridges.all[0]!.url}/ws/media-stream/${CALL}`, 'CA1', 'MZ1');
    await phone.open();
    await lose();
    expectNew(await takenOver());
  });

  it('begins as a new one, if the agent’s socket was not there yet', async () => {
    await open();
    bridges.agents.onInit = () => {};
    phone = await bridges.phone(0, 'MZ1');
    await bridges.agents.agent();
    bridges.agents.onInit = (agent) => agent.metadata();
    await lose();
    expectNew(await takenOver());
  });

  it('begins as a new one, if the agent had not begun to speak', async () => {
    await open();
    (await firstStream()).says(GREETING);
    await lose();
    expectNew(await takenOver());
  });

  it('begins as a new one, if they were sent and never played', async () => {
    await open();
    await greet(await firstStream());
    await lose();
    expectNew(await takenOver());
  });

  it('begins as a new one, if a part of them was played', async () => {
    await open();
    await greet(await firstStream());
    phone.echo(phone.of('mark')[0]!.mark!.name);
    phone.speak(mulawTone(400, 160));
    await until('the mark has come back', () => bridges.agents.agents[0]!.heard.length === 160);
    await lose();
    expectNew(await takenOver());
  });

  it('says all of them after an apology, if the business has spoken meanwhile', async () => {
    await open();
    const agent = await firstStream();
    await greet(agent);
    agent.understood('¿Hola?');
    await until('the turns are stored', async () => (await bridges.records.turnsOf(CALL)).length === 2);
    await lose();
    const other = await takenOver();
    expect(firstWords(other)).toMatch(/se cortó/);
    expect(firstWords(other)).toContain(GREETING);
    expect(other.of('contextual_update')[0]?.text).toContain('Business: ¿Hola?');
    expect(other.of('contextual_update')[0]?.text).not.toContain('Do not greet');
  });

  it('says the disclosure again and goes on, if they were interrupted and the talk was under way', async () => {
    await open();
    const agent = await firstStream();
    await greet(agent);
    agent.interrupts(2);
    await until('it is cleared', () => phone.of('clear').length === 1);
    // Twilio sends the marks of what it threw away back as if it had been played.
    phone.echo(openingMark()!);
    agent.understood('¿Quién habla?');
    agent.says('Llamo por un turno.', 3);
    agent.understood('¿Para qué día?');
    await until('the turns are stored', async () => (await bridges.records.turnsOf(CALL)).length === 4);
    await lose();
    const other = await takenOver();
    expect(firstWords(other)).toContain(disclosure(order()));
    expect(firstWords(other)).not.toContain(GREETING);
    expect(other.of('contextual_update')[0]?.text).toContain('Business: ¿Para qué día?');
  });
});

describe.each(Object.entries(LOSSES))('a talk whose bridge %s after its first words were heard', (_, lose) => {
  it('goes on, greeting nobody again', async () => {
    await open();
    await greet(await firstStream());
    phone.echo(openingMark()!);
    await until('that is known', () => bridges.records.openingHeard(CALL));
    await lose();
    const other = await takenOver();
    expect(firstWords(other)).toMatch(/se cortó/);
    expect(firstWords(other)).not.toContain(disclosure(order()));
    expect(other.of('contextual_update')[0]?.text).toContain(`You: ${GREETING}`);
  });
});

it('what is heard only of a second try counts as well', async () => {
  await open();
  await greet(await firstStream());
  await LOSSES['is killed']();
  const second = await bridges.phone(1, 'MZ2');
  await started('MZ2');
  const agent = bridges.agents.agents.at(-1)!;
  agent.says(GREETING);
  agent.audio(SECOND, 1);
  await until('that is known', () => bridges.records.openingHeard(CALL));
  second.drop();
  await until('it is lost', () => bridges.live === 0);
  await bridges.phone(1, 'MZ3');
  await started('MZ3');
  expect(bridges.agents.agents.at(-1)!.of('contextual_update')[0]?.text).toContain('Do not greet');
});

it('the transcript of a talk that was cut off in mid-sentence says no more than was heard', async () => {
  await open();
  const agent = await firstStream();
  agent.says('Aaaa aaaa aaaa aaaa aaaa bbbb bbbb bbbb bbbb bbbb');
  for (let n = 0; n < 10; n++) agent.audio(SECOND, 1);
  await until('all is on its way', () => phone.heard.length === 10 * SECOND.length);
  phone.drop();
  await until('the turn is stored', async () => (await bridges.records.turnsOf(CALL)).length === 1);
  const [turn] = await bridges.records.turnsOf(CALL);
  expect(turn!.message).toMatch(/^(Aaaa .*)?…$/);
  expect(turn!.message).not.toContain('bbbb');
});
