import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { until } from '../support/until.ts';
import { Wire } from './wire.ts';

let echo: Server;
let wire: Wire;
const clients: Socket[] = [];

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket));
  echo.listen(0, '127.0.0.1');
  await once(echo, 'listening');
  wire = await Wire.lay('echo', () => ({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port }));
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await wire.close();
  echo.close();
});

/** A client, what it has heard, and how its connection ended. */
async function caller() {
  const socket = connect(wire.port, '127.0.0.1');
  clients.push(socket);
  const heard = { text: '', end: '' };
  socket.on('data', (data) => {
    heard.text += String(data);
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    heard.end = error.code ?? '';
  });
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  return { socket, heard };
}

it('carries what is said both ways', async () => {
  const { socket, heard } = await caller();
  socket.write('hello');
  await until(() => heard.text === 'hello');
});

it('cut, it resets what it carries and what comes; healed, it carries new connections', async () => {
  const before = await caller();
  before.socket.write('one');
  await until(() => before.heard.text === 'one');
  wire.cut();
  await until(() => before.heard.end === 'ECONNRESET');
  const during = await caller();
  await until(() => during.heard.end === 'ECONNRESET');
  wire.heal();
  const after = await caller();
  after.socket.write('two');
  await until(() => after.heard.text === 'two');
  expect(wire.hit).toBe(2);
});

it('a hole carries nothing, and healed brings what waited in it', async () => {
  const old = await caller();
  old.socket.write('one');
  await until(() => old.heard.text === 'one');
  wire.hole();
  const young = await caller();
  old.socket.write('two');
  young.socket.write('three');
  // A second wire shows that time enough has passed for an echo.
  const other = await Wire.lay('other', () => ({ host: '127.0.0.1', port: (echo.address() as AddressInfo).port }));
  const witness = connect(other.port, '127.0.0.1');
  clients.push(witness);
  witness.write('now');
  await once(witness, 'data');
  expect([old.heard, young.heard]).toEqual([
    { text: 'one', end: '' },
    { text: '', end: '' },
  ]);
  wire.heal();
  await until(() => old.heard.text === 'onetwo' && young.heard.text === 'three');
  await other.close();
});

it('stops before the words that it is told, and carries them when it is healed', async () => {
  const { socket, heard } = await caller();
  wire.stopBefore('start', 2);
  socket.write('start one ');
  await until(() => heard.text === 'start one ');
  socket.write('sta');
  await until(() => heard.text === 'start one sta');
  expect(wire.state).toBe('open');
  socket.write('rt two');
  await until(() => wire.state === 'hole');
  expect(heard.text).toBe('start one sta');
  wire.heal();
  await until(() => heard.text === 'start one start two');
});

it('words that it stopped before are lost with their connection', async () => {
  const { socket, heard } = await caller();
  wire.stopBefore('start');
  socket.write('start');
  await until(() => wire.state === 'hole');
  wire.reset();
  wire.heal();
  await until(() => heard.end === 'ECONNRESET');
  const after = await caller();
  after.socket.write('start');
  await until(() => after.heard.text === 'start');
  expect(heard.text).toBe('');
});
