// `npm run api`: the API alone, with the media plane inside it. Its workers run elsewhere.
import { runProcess } from '../cli/process.ts';
import { startApi } from './start.ts';

await runProcess('api', async (given) => {
  const api = await startApi(given);
  return {
    at: `http://${given.config.http.host}:${api.port}`,
    async stop() {
      api.refuseBookings();
      await api.close();
    },
  };
});
