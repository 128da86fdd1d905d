import type { ProhibitionRecords } from '../../records/ports/prohibitions.ts';

/** Whether a number stands in the do-not-call list under any of these hashes. */
export const isForbidden = async (
  records: Pick<ProhibitionRecords, 'forbidden'>,
  phoneHashes: string | string[],
): Promise<boolean> =>
  (await records.forbidden(new Date().toISOString())).some(({ phone_hash }) =>
    [phoneHashes].flat().includes(phone_hash),
  );
