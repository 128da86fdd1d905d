import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { runTool } from './run-tool.ts';
import type { Progress } from './sources.ts';

/** Temporal's download service, which its SDKs use, too. */
export const DOWNLOADS = 'https://temporal.download';

const ARCHIVE = z.object({ archiveUrl: z.url(), fileToExtract: z.string().min(1) });

const ARCHITECTURES: Partial<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };
const PLATFORMS: Partial<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** Short, because without an answer (no network, a firewall) the next source is tried. */
const CONNECT_LIMIT_MS = 5_000;
const STALL_LIMIT_MS = 30_000;

export interface Download {
  base: string;
  artifact: 'cli' | 'temporal-test-server';
  version: string;
  /** Receives the archive's files. */
  folder: string;
  progress: Progress;
}

/**
 * Downloads and unpacks one artifact.
 * @returns the path of the executable, relative to the folder
 * @throws Error when the service is unreachable, has no such artifact, or the transfer breaks
 */
export async function download({ base, artifact, version, folder, progress }: Download): Promise<string> {
  const { archiveUrl, fileToExtract } = await archiveOf(base, artifact, version);
  const archive = join(folder, basename(new URL(archiveUrl).pathname));
  progress(`downloading ${basename(archive)}`);
  await save(archiveUrl, archive, progress);
  await runTool({ command: 'tar', args: ['-xf', archive, '-C', folder], env: process.env });
  return fileToExtract;
}

async function archiveOf(base: string, artifact: string, version: string): Promise<z.infer<typeof ARCHIVE>> {
  const arch = ARCHITECTURES[process.arch];
  const platform = PLATFORMS[process.platform];
  if (!arch || !platform) throw new Error(`none is published for ${process.platform} on ${process.arch}`);
  const query = new URLSearchParams({ arch, platform });
  const answer = await reach(`${base}/${artifact}/${version}?${query}`);
  const parsed = ARCHIVE.safeParse(await answer.json().catch(() => undefined));
  if (!parsed.success) throw new Error('the download service sent an unreadable answer');
  return parsed.data;
}

async function reach(url: string): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), CONNECT_LIMIT_MS);
  try {
    const answer = await fetch(url, { signal: abort.signal });
    if (!answer.ok) throw new Error(`${new URL(url).host} answered ${answer.status}`);
    return answer;
  } catch (error) {
    if (error instanceof TypeError || (error as Error).name === 'AbortError') {
      throw new Error(`${new URL(url).host} is out of reach`, { cause: error });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function save(url: string, file: string, progress: Progress): Promise<void> {
  const answer = await reach(url);
  if (!answer.body) throw new Error('the archive is empty');
  const total = Number(answer.headers.get('content-length') ?? 0);
  let got = 0;
  let told = 0;
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), STALL_LIMIT_MS);
  const counting = async function* (chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), STALL_LIMIT_MS);
      got += chunk.length;
      if (got - told >= 20_000_000) {
        told = got;
        progress(`downloaded ${megabytes(got)}${total ? ` of ${megabytes(total)}` : ''}`);
      }
      yield chunk;
    }
  };
  try {
    await pipeline(Readable.fromWeb(answer.body), counting, createWriteStream(file), { signal: stalled.signal });
  } catch (error) {
    throw stalled.signal.aborted ? new Error('the download stopped arriving', { cause: error }) : error;
  } finally {
    clearTimeout(timer);
  }
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
