import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from './config.ts';
import { ConfigError } from './error.ts';
import { hashKey, webhookKey } from './fields.ts';
import { parsedJson, readIfThere } from './small-files.ts';

/** Keys that Vocero generates on first start. */
export interface Secrets {
  /** Opens the sealed key in the database. Hashes of phone numbers and API keys are made with that key. */
  hashKey: Buffer;
  /** `whsec_…`: signs messages to `callback_url`. */
  callbackSecret: string;
  /** The file that was created just now. */
  madeNow?: string | undefined;
}

const FILE = z.object({ hash_key: hashKey, callback_secret: webhookKey });

/**
 * The secrets of a data folder: `DATA_DIR/secrets.json`, readable by its owner only, created when it is missing. Values of the environment
 * take precedence. Several processes may call this at once on one folder; all get the same secrets.
 * @throws ConfigError when the file cannot be read or has other content
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

/** A hard link fails when the name is taken: of several first starts one succeeds, and none reads half a file. */
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
