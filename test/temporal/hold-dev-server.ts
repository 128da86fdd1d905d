/** hold-dev-server.ts CLI FOLDER: starts a dev server, says so, and lives until it is killed. */
import { startDevServer } from '../../temporal/dev-server.ts';

const [executable, dataDir] = process.argv.slice(2) as [string, string];
const server = await startDevServer({
  executable,
  dataDir,
  port: 24_000,
  namespace: 'default',
  progress: () => {},
});
console.log(server.address);
process.stdin.resume();
setInterval(() => {}, 60_000);
