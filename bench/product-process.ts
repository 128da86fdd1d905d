import { loadConfig } from '../config/load.ts';
import { openSecrets } from '../config/secrets.ts';
import { partsFor } from '../processes/start-parts.ts';
import { startSystem } from '../processes/system.ts';
import { serveBench } from './serve.ts';

/** The product as `npm start` runs it, worker and API in one process, on the server and the provider that the bench names. */
const config = loadConfig(process.env);
const system = await startSystem(config, openSecrets(config), partsFor(process.env), (line) => console.log(line));
serveBench(() => system.stop());
