import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { readEnvironment } from '../../config/environment.ts';
import { setInEnvFile } from '../../provision/env-file.ts';
import { type Provisioned, provision } from '../../provision/run.ts';
import { provisionSettings } from '../../provision/settings.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type Said, vocero } from '../cli/support/vocero.ts';

export const PUBLIC_URL = 'http://127.0.0.1:9099';

/** An account on the day it was opened, and a folder with the `.env` of somebody who has just put their keys there. */
export class Newcomer {
  readonly sandbox: Sandbox;
  readonly folder: string;

  private constructor(sandbox: Sandbox, folder: string) {
    this.sandbox = sandbox;
    this.folder = folder;
  }

  static async arrive(more: Record<string, string> = {}, publicUrl = PUBLIC_URL): Promise<Newcomer> {
    const sandbox = await startSandbox({ publicUrl, bare: true, pace: 6, ringMs: 100 });
    const folder = mkdtempSync(join(tmpdir(), 'vocero-provision-'));
    const { account, url } = sandbox;
    const env = {
      PUBLIC_URL: publicUrl,
      TWILIO_ACCOUNT_SID: account.twilioSid,
      TWILIO_AUTH_TOKEN: account.twilioToken,
      TWILIO_PHONE_NUMBER: account.twilioNumber,
      TWILIO_API_BASE_URL: url,
      ELEVENLABS_API_KEY: account.apiKey,
      ELEVENLABS_API_BASE_URL: url,
      ...more,
    };
    const lines = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    writeFileSync(join(folder, '.env'), `${lines.join('\n')}\n`);
    return new Newcomer(sandbox, folder);
  }

  provision(...flags: string[]): Promise<Said> {
    return vocero(['provision', ...flags], this.folder);
  }

  /** The same without a process of its own: a table of faults would take minutes with one for each run. */
  run(): Promise<Provisioned> {
    return provision({
      settings: provisionSettings(readEnvironment(this.folder, {}), this.folder),
      dryRun: false,
      adopt: false,
      tell: (variable, value) => void setInEnvFile(join(this.folder, '.env'), variable, value),
    });
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  env(): Record<string, string | undefined> {
    return parseEnv(this.read('.env'));
  }

  set(variable: string, value: string): void {
    writeFileSync(join(this.folder, '.env'), `${this.read('.env')}${variable}=${value}\n`);
  }

  /** Requests that changed something, or tried to. */
  writes(): string[] {
    const seen = this.sandbox.log().requests.filter(({ method }) => method !== 'GET');
    return seen.map(({ method, path }) => `${method} ${path}`);
  }

  /** How many of each kind the account holds. */
  holds(): Record<string, number> {
    const { agents, tools, secrets, webhooks, numbers } = this.sandbox.workspace;
    return {
      agents: agents.size,
      tools: tools.size,
      secrets: secrets.size,
      webhooks: webhooks.size,
      numbers: numbers.size,
    };
  }

  async leave(): Promise<void> {
    await this.sandbox.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** All that a full set-up makes. */
export const ALL = { agents: 2, tools: 2, secrets: 1, webhooks: 1, numbers: 1 };
