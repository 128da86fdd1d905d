import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach } from '@jest/globals';
import type { Account } from '../../../sandbox/options.ts';
import type { Standing } from '../../../sandbox/twilio/standing.ts';
import type { System } from '../../e2e/support/system.ts';
import { until } from '../../support/until.ts';

/** Spoils something, and gives the settings to look with. */
export type Prepare = () => Record<string, string> | Promise<Record<string, string>>;

/** Ways to spoil what the doctor looks at, for one test each. */
export function spoiling(system: System) {
  /** What is spoiled is put back after each test. */
  const undo: (() => unknown)[] = [];
  afterEach(async () => {
    for (const back of undo.splice(0)) await back();
  });

  /** Sets something deep inside an agent, as somebody does in the dashboard. */
  function spoilAgent(
    part: 'conversation_config' | 'platform_settings',
    path: string,
    value: unknown,
    who: 'caller' | 'receptionist',
  ): void {
    const { workspace, account } = system.sandbox;
    const agent = workspace.agents.get(who === 'caller' ? account.agentId : account.receptionistAgentId)!;
    const before = structuredClone(agent[part]);
    undo.push(() => {
      agent[part] = before;
    });
    const changed = structuredClone(before);
    const parts = path.split('.');
    const last = parts.pop()!;
    let at = changed;
    for (const name of parts) at = at[name] as Record<string, unknown>;
    at[last] = value;
    agent[part] = changed;
  }

  function spoil<T extends object>(what: T, change: Partial<T>): void {
    const before = { ...what };
    undo.push(() => Object.assign(what, before));
    Object.assign(what, change);
  }

  /** A server that says yes to everything: a proxy's landing page, another program. */
  const yesSayer = (says = '{"status":"ok"}'): Promise<string> => serverThat((response) => response.end(says));

  /** A server whose clock is so many seconds ahead of ours. */
  const clockOff = (seconds: number): Promise<string> =>
    serverThat((response) => {
      response.setHeader('date', new Date(Date.now() + seconds * 1000).toUTCString());
      response.end();
    });

  async function serverThat(answers: (response: ServerResponse) => void): Promise<string> {
    const server = createServer((_, response) => answers(response));
    server.listen(0, '127.0.0.1');
    await until(() => server.listening);
    undo.push(() => new Promise((resolve) => server.close(resolve)));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** Something that was spoiled; the settings stay. */
  const after =
    (spoiling: () => void): Prepare =>
    () => {
      spoiling();
      return {};
    };
  const agentWith = (
    part: 'conversation_config' | 'platform_settings',
    path: string,
    value: unknown,
    who: 'caller' | 'receptionist' = 'caller',
  ): Prepare => after(() => spoilAgent(part, path, value, who));
  const standing = (change: Partial<Standing>): Prepare => after(() => spoil(system.sandbox.standing, change));
  const webhook = (change: object): Prepare =>
    after(() => spoil([...system.sandbox.workspace.webhooks.values()][0]!, change));
  const inbound = (set: Record<string, unknown>): Prepare =>
    after(() => spoil(system.sandbox.workspace, { initiation: set }));
  const number = (change: (of: Account) => object): Prepare =>
    after(() => spoil([...system.sandbox.workspace.numbers.values()][0]!, change(system.sandbox.account)));
  const report = (change: (config: Record<string, unknown>) => void): Prepare =>
    after(() => {
      const tool = [...system.sandbox.workspace.tools.values()].find(({ config }) => config.name === 'report_result')!;
      const config = structuredClone(tool.config);
      change(config);
      spoil(tool, { config });
    });
  /** The lock file with another text. */
  const lockFile = (change: (text: string) => string): Prepare =>
    after(() => {
      const path = join(system.dataDir, 'provision', 'lock.json');
      const before = readFileSync(path, 'utf8');
      undo.push(() => writeFileSync(path, before));
      writeFileSync(path, change(before));
    });

  /** The caller agent under another name. */
  const spoilName = (name: string): void => {
    const { workspace, account } = system.sandbox;
    spoil(workspace.agents.get(account.agentId)!, { name });
  };

  return { agentWith, inbound, spoilName, standing, webhook, number, report, lockFile, yesSayer, clockOff };
}
