import { get } from 'node:http';
import type { EmbeddedUi } from './backend.ts';

/** Namespace, workflow and run, encoded as in the address. */
export const HISTORY_PATH = /^\/api\/v1\/namespaces\/([^/]+)\/workflows\/([^/]+)\/runs?\/([^/]+)\/history\.json$/;

interface Page {
  history?: { events?: unknown[] };
  nextPageToken?: string;
}

/**
 * A run's whole history, as the page offers it for download. Temporal's HTTP API serves it in pages; Temporal's own UI server would join
 * them.
 * @throws Error when Temporal does not answer or does not know the run.
 */
export async function wholeHistory(ui: EmbeddedUi, match: RegExpExecArray): Promise<unknown[]> {
  const [, namespace, workflow, run] = match;
  const events: unknown[] = [];
  let token = '';
  do {
    const query = new URLSearchParams({
      'execution.runId': decodeURIComponent(run!),
      ...(token && { nextPageToken: token }),
    });
    const page = await pageAt(ui, `/api/v1/namespaces/${namespace}/workflows/${workflow}/history?${query}`);
    events.push(...(page.history?.events ?? []));
    token = page.nextPageToken ?? '';
  } while (token);
  return events;
}

function pageAt(ui: EmbeddedUi, path: string): Promise<Page> {
  return new Promise((resolve, reject) => {
    const headers = { host: ui.host, accept: 'application/json+no-payload-shorthand' };
    get(new URL(path, ui.api), { headers, timeout: 20_000 }, async (answer) => {
      try {
        const chunks: Buffer[] = [];
        for await (const chunk of answer) chunks.push(chunk as Buffer);
        if (answer.statusCode !== 200) throw new Error(`Temporal answered ${answer.statusCode}.`);
        resolve(JSON.parse(Buffer.concat(chunks).toString()) as Page);
      } catch (error) {
        reject(error);
      }
    }).once('error', reject);
  });
}
