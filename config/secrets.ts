import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';
import { ConfigError } from './error.ts';
import { hashKey, webhookKey } from './fields.ts';
import { parsedJson, readIfThere } from './small-files.ts';

/** Keys that Vocero makes for itself on first start. */
export interface Secrets {
  /** Opens the key of the hashes that stand for phone numbers and API keys, which lies sealed in the database. */
  hashKey: Buffer;
  /** `whsec_…`: signs deliveries to `callback_url`. */
  callbackSecret: string;
  /** The file that was made just now, where there was none. */
  madeNow?: string | undefined;
}

const FILE = z.object({ hash_key: hashKey, callback_secret: webhookKey });

/**
 * The secrets of a data folder, made when it has none: `DATA_DIR/secrets.json`, readable by its owner only. Values from
 * the environment win. Several processes may call it at once on one folder; all get the same.
 * @throws ConfigError when the file cannot be read or is not what was written.
 */
export function openSecrets(config: Pick<Config, 'dataDir' | 'secrets'>): Secrets {
  const { hashKey: givenKey, callbackSecret } = config.secrets;
  if (givenKey && callbackSecret) return { hashKey: Buffer.from(givenKey, 'base64'), callbackSecret };
  const path = join(config.dataDir, 'secrets.json');
  const kept = readSecrets(path);
  const stored = kept ?? makeSecrets(config.dataDir, path);
  return {
    ...(kept ? {} : { madeNow: path }),
    hashKey: Buffer.from(givenKey ?? stored.hash_key, 'base64'),
    callbackSecret: callbackSecret ?? stored.callback_secret,
  };
}

function readSecrets(path: string): z.infer<typeof FILE> | undefined {
  let text: string | undefined;
  try {
    text = readIfThere(path);
  } catch (error) {
    throw new ConfigError([
      { variable: 'DATA_DIR', message: `has secrets that cannot be read: ${(error as Error).message}` },
    ]);
  }
  if (text === undefined) return undefined;
  const parsed = FILE.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  const message = `holds a damaged ${path}. Restore it from a backup; a new one would forget which numbers must not be called.`;
  throw new ConfigError([{ variable: 'DATA_DIR', message }]);
}

/** A link fails where the name is taken, so of several first starts one wins and no one ever reads half a file. */
function makeSecrets(dataDir: string, path: string): z.infer<typeof FILE> {
  const made = {
    hash_key: randomBytes(32).toString('base64'),
    callback_secret: `whsec_${randomBytes(32).toString('base64')}`,
  };
  const draft = join(dataDir, `.secrets-${randomUUID()}`);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
    linkSync(draft, path);
    return made;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readSecrets(path) ?? made;
    throw new ConfigError([
      {
        variable: 'DATA_DIR',
        message: `cannot be written: ${(error as Error).message}. Give a folder that this user may write to.`,
      },
    ]);
  } finally {
    rmSync(draft, { force: true });
  }
}
