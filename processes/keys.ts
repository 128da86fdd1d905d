import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { ConfigError, type ConfigProblem } from '../config/error.ts';
import type { Secrets } from '../config/secrets.ts';
import { phoneHashesFinder } from '../records/phone-hash.ts';
import type { AccessRecords } from '../records/ports/access.ts';
import { keyId } from '../temporal/payload-codec.ts';

interface Given {
  config: Config;
  secrets: Secrets;
  records: Pick<AccessRecords, 'keyMark' | 'keepKeyMark' | 'numberHashedBefore'>;
  log: Pick<Logger, 'info' | 'warn'>;
  /** Only workers sign what clients are told. */
  signsCallbacks: boolean;
}

/**
 * Sees to it that the keys are the data's, and gives the secrets that this data is worked with: `hashKey` is then the key of the hashes itself.
 * The first start takes `HASH_KEY` for it and leaves it in the database, sealed by `HASH_KEY`; so that can be changed, and no hash ever changes.
 * @throws ConfigError when a key is another than the data's; nothing is written then.
 */
export async function settleKeys(given: Given): Promise<Secrets> {
  try {
    const hashKey = await openHashKey(given);
    if (given.signsCallbacks) await settleCallbackSecret(given);
    await settlePayloadKey(given);
    return { ...given.secrets, hashKey };
  } catch (error) {
    // What was made in a lost file's place must not be mistaken for it.
    if (error instanceof ConfigError && given.secrets.madeNow) rmSync(given.secrets.madeNow, { force: true });
    throw error;
  }
}

const HASH_KEY = 'hash_key';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

async function openHashKey(given: Given): Promise<Buffer> {
  const { config, secrets, records, log } = given;
  const present = secrets.hashKey;
  const former = config.formerKeys.hashKeys.map((key) => Buffer.from(key, 'base64'));
  const mark =
    (await records.keyMark(HASH_KEY)) ??
    (await records.keepKeyMark(HASH_KEY, sealed(await firstHashKey(given, [present, ...former]), present)));
  const key = unsealed(mark, present);
  if (key) return key;
  const opened = former.map((one) => unsealed(mark, one)).find((one) => one !== undefined);
  if (!opened) throw notTheDatas(given);
  await records.keepKeyMark(HASH_KEY, sealed(opened, present), mark);
  log.info({}, 'HASH_KEY was changed: the new one opens this data from now on, HASH_KEY_PREVIOUS can go');
  return opened;
}

/**
 * The key of the first start itself: where a database is lost and its HASH_KEY is not, the next one knows the same numbers and repeated requests by
 * the same hashes. Data that is older than this check was hashed with HASH_KEY too; any number in it tells with which.
 */
async function firstHashKey(given: Given, candidates: Buffer[]): Promise<Buffer> {
  const known = await given.records.numberHashedBefore();
  const key = known
    ? candidates.find((one) => phoneHashesFinder(one)(known.phone).includes(known.phone_hash))
    : candidates[0];
  if (!key) throw notTheDatas(given);
  return key;
}

const sealingKey = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'vocero seals its hash key', 32));

function sealed(key: Buffer, by: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(by), nonce);
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

/** Undefined: it was sealed by another key. */
function unsealed(mark: string, by: Buffer): Buffer | undefined {
  const bytes = Buffer.from(mark, 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(by), nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const refused = (variable: string, message: string): ConfigError =>
  new ConfigError([{ variable, message } satisfies ConfigProblem]);

function notTheDatas({ config, secrets }: Given): ConfigError {
  const madeNow = config.secrets.hashKey === undefined ? secrets.madeNow : undefined;
  const harm = 'Numbers that must not be called would be rung, and repeated requests would book again.';
  const change = 'To change the key on purpose, set the former one as HASH_KEY_PREVIOUS (docs/keys.md).';
  return madeNow
    ? refused(
        'HASH_KEY',
        `is missing: ${madeNow} is gone, which held the key of the data in DATABASE_URL. ${harm} Restore that file from a backup, or set HASH_KEY to its hash_key. ${change}`,
      )
    : refused(
        'HASH_KEY',
        `(or hash_key in DATA_DIR/secrets.json) is not the key of the data in DATABASE_URL. ${harm} Give the data's own key. ${change}`,
      );
}

const CALLBACK = 'callback_secret';
const fingerprintOf = (secret: string): string =>
  createHmac('sha256', secret).update('vocero fingerprint').digest('hex').slice(0, 32);

async function settleCallbackSecret({ config, secrets, records, log }: Given): Promise<void> {
  const present = fingerprintOf(secrets.callbackSecret);
  const mark = (await records.keyMark(CALLBACK)) ?? (await records.keepKeyMark(CALLBACK, present));
  if (mark === present) return;
  const isFormer = config.formerKeys.callbackSecrets.some((one) => fingerprintOf(one) === mark);
  if (!isFormer && !config.formerKeys.lost.includes('callback')) {
    throw refused(
      'CALLBACK_SECRET',
      '(or callback_secret in DATA_DIR/secrets.json) is another one than before: clients would refuse what they are told. Give the former one. To change it, set the former one as CALLBACK_SECRET_PREVIOUS; if that is lost, set LOST_KEYS=callback once (docs/keys.md).',
    );
  }
  await records.keepKeyMark(CALLBACK, present, mark);
  log.info({}, 'CALLBACK_SECRET was changed: clients need the new one');
}

const PAYLOAD = 'payload_key';
/** Nothing is encrypted: a mark too, so that a lost one is told from one that was never there. */
const NO_KEY = 'none';

/** Any key may encrypt from now on, as long as the one that encrypted before can still be read. */
async function settlePayloadKey({ config, records, log }: Given): Promise<void> {
  const ring = config.temporal.payloadKeys.map(keyId);
  const present = ring[0] ?? NO_KEY;
  const mark = (await records.keyMark(PAYLOAD)) ?? (await records.keepKeyMark(PAYLOAD, present));
  if (mark === present) return;
  if (mark !== NO_KEY && !ring.includes(mark) && !config.formerKeys.lost.includes('payload')) {
    throw refused(
      'PAYLOAD_ENCRYPTION_KEY',
      `does not have the key that this data's bookings were encrypted with at last (its id is ${mark}): those under way could not be read. Add it behind the current one. If it is lost, or nothing that it encrypted is needed any more, set LOST_KEYS=payload once (docs/keys.md).`,
    );
  }
  await records.keepKeyMark(PAYLOAD, present, mark);
  log.info({ key_id: present }, 'PAYLOAD_ENCRYPTION_KEY was changed');
}
