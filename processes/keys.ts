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
  /** Only workers sign callbacks. */
  signsCallbacks: boolean;
}

/**
 * Checks that the keys belong to the data. Returns the secrets to use with this data: `hashKey` is then the key of the hashes itself.
 * The first start uses `HASH_KEY` as that key and stores it in the database, sealed by `HASH_KEY`; so `HASH_KEY` can change, and no hash ever changes.
 * @throws ConfigError if a key does not belong to the data; nothing is written then.
 */
export async function settleKeys(given: Given): Promise<Secrets> {
  try {
    const hashKey = await openHashKey(given);
    if (given.signsCallbacks) await settleCallbackSecret(given);
    await settlePayloadKey(given);
    return { ...given.secrets, hashKey };
  } catch (error) {
    // A file made in place of a lost one must not be mistaken for it.
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
  log.info({}, 'HASH_KEY was changed: the new one opens this data from now on; remove HASH_KEY_PREVIOUS');
  return opened;
}

/**
 * The key of the hashes is the first start's HASH_KEY itself: if a database is lost but its HASH_KEY is not, the next database recognises the same numbers and
 * repeated requests by the same hashes. Data older than this check was hashed with HASH_KEY too; any number in it shows with which one.
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

/** undefined: another key sealed it. */
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
  const harm =
    'With another key, numbers that must not be called would be called, and repeated requests would book again.';
  const change = 'To change the key on purpose, set the former one as HASH_KEY_PREVIOUS (docs/keys.md).';
  return madeNow
    ? refused(
        'HASH_KEY',
        `is missing: ${madeNow} is gone, and it held the key of the data in DATABASE_URL. ${harm} Restore that file from a backup, or set HASH_KEY to its hash_key. ${change}`,
      )
    : refused(
        'HASH_KEY',
        `(or hash_key in DATA_DIR/secrets.json) is not the key of the data in DATABASE_URL. ${harm} Set the key that belongs to the data. ${change}`,
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
      '(or callback_secret in DATA_DIR/secrets.json) has changed: clients would refuse all callbacks. Set the former one again. To change it on purpose, set the former one as CALLBACK_SECRET_PREVIOUS; if that is lost, set LOST_KEYS=callback once (docs/keys.md).',
    );
  }
  await records.keepKeyMark(CALLBACK, present, mark);
  log.info({}, 'CALLBACK_SECRET was changed: clients need the new one');
}

const PAYLOAD = 'payload_key';
/** The mark for “nothing is encrypted”: it distinguishes a lost key from one that never existed. */
const NO_KEY = 'none';

/** Any key may encrypt from now on, as long as the key that encrypted before is still in the list. */
async function settlePayloadKey({ config, records, log }: Given): Promise<void> {
  const ring = config.temporal.payloadKeys.map(keyId);
  const present = ring[0] ?? NO_KEY;
  const mark = (await records.keyMark(PAYLOAD)) ?? (await records.keepKeyMark(PAYLOAD, present));
  if (mark === present) return;
  if (mark !== NO_KEY && !ring.includes(mark) && !config.formerKeys.lost.includes('payload')) {
    throw refused(
      'PAYLOAD_ENCRYPTION_KEY',
      `does not contain the key that last encrypted this data's bookings (its id is ${mark}): open bookings could not be read. Add it behind the current one. If it is lost, or nothing that it encrypted is needed any more, set LOST_KEYS=payload once (docs/keys.md).`,
    );
  }
  await records.keepKeyMark(PAYLOAD, present, mark);
  log.info({ key_id: present }, 'PAYLOAD_ENCRYPTION_KEY was changed');
}
