import { startSystem } from '../cli/system.ts';
import { partsFor } from '../cli/wiring.ts';
import { loadConfig } from '../config/load.ts';
import { openSecrets } from '../config/secrets.ts';
import { serveBench } from './serve.ts';

/** The product as `npm start` runs it, worker and API in one process, on the server and the provider that the bench names. */
const config = loadConfig(process.env);
const system = await startSystem(config, openSecrets(config), partsFor(process.env), (line) => console.log(line));
serveBench(() => system.stop());
