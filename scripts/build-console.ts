/** `npm run build:console`: bundles the console, as the API does by itself when it starts and the console has changed. For images. */
import { openConsole } from '../api/console/bundle.ts';

const { assets } = await openConsole();
for (const [name, { plain, br }] of assets) console.log(`${name}: ${plain.length} bytes, ${br.length} compressed`);
