import { ApiClient } from './api-client.ts';
import { jsonOf } from './foreign.ts';
import { whereIsApi } from './where.ts';

/** `vocero cancel ID`. Returns the exit code. */
export async function runCancel(id: string, flags: { json?: boolean }): Promise<number> {
  const client = new ApiClient(whereIsApi());
  const view = await client.booking('POST', `/v1/bookings/${encodeURIComponent(id)}/cancel`, undefined, { id });
  if (flags.json) console.log(jsonOf(view, 2));
  else
    console.log(
      `Cancellation of ${id} accepted. A result that was accepted earlier still counts. Watch it: vocero watch ${id}`,
    );
  return 0;
}
