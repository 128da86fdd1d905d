import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { parsedJson, readIfThere, writeWhole } from '../config/small-files.ts';
import { ProvisionError } from './error.ts';

const entry = z.object({
  id: z.string(),
  applied_at: z.string(),
  /** Fingerprint of a secret that the provider does not show: reveals whether it changed, but not the secret. */
  fingerprint: z.string().optional(),
  /** Retries were switched on, which the provider does not show either. */
  retries: z.boolean().optional(),
});
export type LockEntry = z.infer<typeof entry>;

const FILE = z.object({
  version: z.literal(1),
  /** Fingerprint of the API key that was used; earlier files lack it. */
  account: z.string().optional(),
  items: z.record(z.string(), entry),
});

/** `kind:name`, such as `agent:Vocero`. */
const lockKey = (kind: string, name: string): string => `${kind}:${name}`;

export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);

/**
 * The providers' ids of everything that was set up. It is written after each step, so that the next run continues an interrupted
 * one; if it is lost, everything is found again by name. It holds no secret.
 */
export class Lock {
  readonly path: string;
  private readonly account: string;
  private readonly items: Record<string, LockEntry>;

  private constructor(path: string, account: string, items: Record<string, LockEntry>) {
    this.path = path;
    this.account = account;
    this.items = items;
  }

  /**
   * @param apiKey ElevenLabs'. Entries of another key are ignored: it belongs to another sandbox, another workspace, or is a new key
   * of the same workspace, where everything is found again by its name.
   * @throws ProvisionError if the file exists but is damaged.
   */
  static open(folder: string, apiKey: string): Lock {
    const account = fingerprint(apiKey);
    const path = join(folder, 'lock.json');
    let text: string | undefined;
    try {
      text = readIfThere(path);
    } catch (error) {
      throw new ProvisionError(`${path} cannot be read: ${(error as Error).message}.`);
    }
    if (text === undefined) return new Lock(path, account, {});
    const parsed = FILE.safeParse(parsedJson(text));
    if (parsed.success) {
      const { account: before, items } = parsed.data;
      return new Lock(path, account, before === undefined || before === account ? items : {});
    }
    throw new ProvisionError(`${path} is damaged. Remove it: everything is found again by its name.`);
  }

  /** Nothing has been set up from here yet. */
  get empty(): boolean {
    return Object.keys(this.items).length === 0;
  }

  get(kind: string, name: string): LockEntry | undefined {
    return this.items[lockKey(kind, name)];
  }

  /** Stores an entry, also on disk. */
  set(kind: string, name: string, made: Omit<LockEntry, 'applied_at'>): void {
    this.items[lockKey(kind, name)] = { ...made, applied_at: new Date().toISOString() };
    writeWhole(this.path, `${JSON.stringify({ version: 1, account: this.account, items: this.items }, null, 2)}\n`);
  }
}
