import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { parsedJson, readIfThere, writeWhole } from '../config/small-files.ts';
import { ProvisionError } from './error.ts';

const entry = z.object({
  id: z.string(),
  applied_at: z.string(),
  /** Of a secret that the provider does not show: tells whether it changed, and not what it is. */
  fingerprint: z.string().optional(),
  /** Retries were switched on: the provider does not show that either. */
  retries: z.boolean().optional(),
});
export type LockEntry = z.infer<typeof entry>;

const FILE = z.object({
  version: z.literal(1),
  /** Fingerprint of the key that it was made with; earlier files have none. */
  account: z.string().optional(),
  items: z.record(z.string(), entry),
});

/** `kind:name`, such as `agent:Vocero`. */
const lockKey = (kind: string, name: string): string => `${kind}:${name}`;

export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);

/**
 * What was set up, by the providers' ids. Written after each step, so that a run that broke off is gone on with; when it is
 * lost, everything is found again by name. Holds no secret.
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
   * @param apiKey ElevenLabs'. What was remembered with another one counts for nothing: another sandbox, another workspace, or a
   * new key of the same, where everything is found again by its name.
   * @throws ProvisionError when the file is there and not one of ours.
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

  /** Nothing was set up from here yet. */
  get empty(): boolean {
    return Object.keys(this.items).length === 0;
  }

  get(kind: string, name: string): LockEntry | undefined {
    return this.items[lockKey(kind, name)];
  }

  /** Remembers it, on disk as well. */
  set(kind: string, name: string, made: Omit<LockEntry, 'applied_at'>): void {
    this.items[lockKey(kind, name)] = { ...made, applied_at: new Date().toISOString() };
    writeWhole(this.path, `${JSON.stringify({ version: 1, account: this.account, items: this.items }, null, 2)}\n`);
  }
}
