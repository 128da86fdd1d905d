#!/usr/bin/env node
/** healthcheck URL: exit 0 when it answers 200 within four seconds. For containers, whose images have no curl. */
const [url] = process.argv.slice(2);
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) });
  if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
} catch (error) {
  console.error(`${url} ${error.cause?.message ?? error.message}`);
  process.exitCode = 1;
}
