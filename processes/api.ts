// `npm run api`: the API alone, with the media plane inside it unless BRIDGE_PUBLIC_URL sends the streams to separate bridges.

import { notesOfOthers } from './notes-of-others.ts';
import { runProcess } from './run-process.ts';
import { startApi } from './start-api.ts';

await runProcess('api', async (given) => {
  const api = await startApi({ ...given, alone: true }, !given.config.bridge.elsewhere);
  const { config, stores, log } = given;
  for (const note of await notesOfOthers(config, { records: stores.records, log })) log.warn(note);
  return {
    at: `http://${given.config.http.host}:${api.port}`,
    async stop() {
      api.refuseBookings();
      await api.close(given.config.bridge.drainSeconds * 1_000);
    },
  };
});
