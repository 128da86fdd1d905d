import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openArtifacts } from '../../records/artifacts.ts';
import type { Artifacts } from '../../records/interface.ts';

describe('artifacts', () => {
  let outside: string;
  let folder: string;
  let artifacts: Artifacts;

  beforeAll(async () => {
    outside = await mkdtemp(join(tmpdir(), 'vocero-artifacts-'));
    folder = join(outside, 'kept', 'here');
    artifacts = openArtifacts(folder);
  });
  afterAll(() => rm(outside, { recursive: true }));

  it('keeps whole files, text or bytes, in folders it makes', async () => {
    await artifacts.put('webhooks/bk_1/a.json', '{"é":"💈"}');
    await artifacts.put('webhooks/bk_1/b.bin', new Uint8Array([0, 255, 10]));
    expect((await artifacts.read('webhooks/bk_1/a.json')).toString()).toBe('{"é":"💈"}');
    expect([...(await artifacts.read('webhooks/bk_1/b.bin'))]).toEqual([0, 255, 10]);
    expect(await artifacts.size('webhooks/bk_1/b.bin')).toBe(3);
  });

  it('lists a folder and removes files and folders; what is not there is no error', async () => {
    await artifacts.put('calls/bk_1.1/a.mp3', 'x');
    await artifacts.put('calls/bk_2.1/b.mp3', 'x');
    const before = Date.now() + 60_000;
    expect((await artifacts.list('calls')).map(({ name }) => name).sort()).toEqual(['bk_1.1', 'bk_2.1']);
    for (const { changed_ms } of await artifacts.list('calls')) expect(before - changed_ms).toBeLessThan(120_000);
    await artifacts.remove('calls/bk_1.1');
    await artifacts.remove('calls/bk_2.1/b.mp3');
    await artifacts.remove('calls/bk_3.1');
    await artifacts.remove('nowhere/at/all');
    expect((await artifacts.list('calls')).map(({ name }) => name)).toEqual(['bk_2.1']);
    expect(await artifacts.list('calls/bk_2.1')).toEqual([]);
    expect(await artifacts.list('nowhere')).toEqual([]);
  });

  it('removes a link, never what it leads to', async () => {
    await writeFile(join(outside, 'precious'), 'mine');
    await artifacts.put('links/one', 'x');
    await symlink(outside, join(folder, 'links', 'out'));
    await expect(artifacts.remove('links/out/precious')).rejects.toThrow('must be relative');
    await expect(artifacts.remove('../precious')).rejects.toThrow('must be relative');
    await artifacts.remove('links/out');
    expect((await artifacts.list('links')).map(({ name }) => name)).toEqual(['one']);
    expect((await readFile(join(outside, 'precious'))).toString()).toBe('mine');
    await rm(join(outside, 'precious'));
  });

  it('lets nobody else read them', async () => {
    await artifacts.put('private/one', 'x');
    await (await artifacts.create('private/two')).close();
    for (const path of ['private/one', 'private/two']) {
      expect((await stat(join(folder, path))).mode & 0o777).toBe(0o600);
    }
    expect((await stat(join(folder, 'private'))).mode & 0o777).toBe(0o700);
  });

  it('replaces a file whole: a reader sees one of the contents, and nothing else is left', async () => {
    const contents = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(300_000));
    await artifacts.put('atomic/file', contents[0]!);
    const reads: Promise<Buffer>[] = [];
    await Promise.all(
      contents.map(async (content) => {
        await artifacts.put('atomic/file', content);
        reads.push(artifacts.read('atomic/file'));
      }),
    );
    for (const read of await Promise.all(reads)) expect(contents).toContain(read.toString());
    expect(await readdir(join(folder, 'atomic'))).toEqual(['file']);
  });

  it('leaves nothing of a file that could not be finished', async () => {
    await mkdir(join(folder, 'broken', 'taken'), { recursive: true });
    await expect(artifacts.put('broken/taken', 'x')).rejects.toThrow();
    expect(await readdir(join(folder, 'broken'))).toEqual(['taken']);
  });

  it('lets a file grow, and its beginning be set at the end', async () => {
    const file = await artifacts.create('recordings/bk_1/1.wav');
    await file.write('????');
    await file.write('voice');
    expect(await artifacts.size('recordings/bk_1/1.wav')).toBe(9);
    await file.write('RIFF', 0);
    await file.close();
    expect((await artifacts.read('recordings/bk_1/1.wav')).toString()).toBe('RIFFvoice');
    await (await artifacts.create('recordings/bk_1/1.wav')).close();
    expect(await artifacts.size('recordings/bk_1/1.wav')).toBe(0);
  });

  it('streams a file or a part of it, both ends counted', async () => {
    await artifacts.put('stream', '0123456789');
    expect(await text(artifacts.stream('stream'))).toBe('0123456789');
    expect(await text(artifacts.stream('stream', { start: 2, end: 4 }))).toBe('234');
  });

  it('says that a file is not there', async () => {
    const missing = { code: 'ENOENT' };
    await expect(artifacts.read('no/such')).rejects.toMatchObject(missing);
    await expect(artifacts.size('no/such')).rejects.toMatchObject(missing);
    await expect(buffer(artifacts.stream('no/such'))).rejects.toMatchObject(missing);
  });

  it.each(['../x', 'a/../../x', 'a/..', '/etc/hostname', '', '.', './x', 'a//b', 'a/', 'a\\..\\x', 'a\0b'])(
    'refuses the path %j',
    async (path) => {
      const refused = { name: 'ArtifactPathError' };
      await expect(artifacts.put(path, 'x')).rejects.toMatchObject(refused);
      await expect(artifacts.create(path)).rejects.toMatchObject(refused);
      await expect(artifacts.read(path)).rejects.toMatchObject(refused);
      await expect(artifacts.size(path)).rejects.toMatchObject(refused);
      expect(() => artifacts.stream(path)).toThrow('must be relative');
    },
  );

  it('refuses to follow links out of its folder', async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(outside, 'secret'), 'secret');
    await symlink(outside, join(folder, 'way-out'));
    await symlink(join(outside, 'secret'), join(folder, 'alias'));
    const refused = { name: 'ArtifactPathError' };
    await expect(artifacts.put('way-out/new', 'x')).rejects.toMatchObject(refused);
    await expect(artifacts.put('way-out/deep/er/new', 'x')).rejects.toMatchObject(refused);
    await expect(artifacts.create('way-out/secret')).rejects.toMatchObject(refused);
    await expect(artifacts.read('way-out/secret')).rejects.toMatchObject(refused);
    await expect(artifacts.read('alias')).rejects.toMatchObject(refused);
    expect(() => artifacts.stream('alias')).toThrow('must be relative');
    await artifacts.put('alias', 'mine');
    await (await artifacts.create('alias')).close();
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
    expect((await readdir(outside)).sort()).toEqual(['kept', 'secret']);
  });

  it('works in a folder that is reached by a link', async () => {
    await mkdir(join(outside, 'kept', 'real'), { recursive: true });
    await symlink(join(outside, 'kept', 'real'), join(outside, 'kept', 'linked'));
    const linked = openArtifacts(join(outside, 'kept', 'linked'));
    await linked.put('a/b', 'x');
    expect((await linked.read('a/b')).toString()).toBe('x');
    expect(await text(linked.stream('a/b'))).toBe('x');
  });
});
