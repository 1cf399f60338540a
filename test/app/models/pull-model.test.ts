import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localModels } from '../../../src/app/models/local-models.ts';
import { pullModel } from '../../../src/app/models/pull-model.ts';
import type { PullEvent, PullReport } from '../../../src/app/models/pull-types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import type { Settings } from '../../../src/config/types.ts';
import { isRagError, type RagError } from '../../../src/platform/errors.ts';
import { refusedOrigin } from '../../servers/fault-server.ts';
import { type HubServer, startHubServer } from '../../servers/hub-server.ts';
import { temporaryFolder } from '../temporary-knowledge-base.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const errorOf = async (work: Promise<unknown>): Promise<RagError> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isRagError(error)) throw new Error(`No RagError: ${error}`);
  return error;
};

async function finish(events: AsyncIterable<PullEvent>): Promise<PullReport & { readonly told: readonly PullEvent[] }> {
  const told: PullEvent[] = [];
  for await (const event of events) told.push(event);
  const last = told.at(-1);
  if (last?.type !== 'pull-end') throw new Error('The stream did not end with pull-end.');
  return { ...last.report, told };
}

describe('a model of the Hub', () => {
  let hub: HubServer;
  let cacheFolder: string;
  const weights = Buffer.alloc(300_000, 7);
  const pull = (options: { signal?: AbortSignal; settings?: Partial<Settings>; name?: string; again?: boolean } = {}) =>
    pullModel(options.name ?? 'transformers/owner/tiny', {
      settings: { ...defaultSettings, huggingface: { endpoint: hub.origin }, ...options.settings },
      cacheFolder,
      fetch: globalThis.fetch,
      signal: options.signal,
      again: options.again,
    });

  beforeEach(async () => {
    const folder = temporaryFolder({
      'config.json': '{"architectures": ["BertModel"]}',
      'tokenizer.json': '{}',
      'tokenizer_config.json': '{}',
      '1_Pooling/config.json': '{}',
      'onnx/model.onnx': weights,
    });
    hub = await startHubServer('owner/tiny', folder.path);
    closing.push(hub.close);
    cacheFolder = temporaryFolder().path;
  });

  test('comes whole, with what it needs, and is then listed', async () => {
    const report = await finish(pull());
    expect(report).toMatchObject({
      name: 'transformers/owner/tiny',
      isNew: true,
      where: join(cacheFolder, 'owner/tiny'),
    });
    expect(report.bytes).toBeGreaterThan(300_000);
    expect(readFileSync(join(report.where, 'onnx/model.onnx'))).toEqual(weights);
    expect(existsSync(join(report.where, '1_Pooling/config.json'))).toBe(true);
    expect(localModels(cacheFolder)).toMatchObject([{ name: 'owner/tiny', kind: 'embed', problem: null }]);
    expect(readdirSync(join(cacheFolder, '.pull'))).toEqual([]);
    const progress = report.told.filter((event) => event.type === 'pull-progress');
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.total);
  });

  test('from a mirror that wants a password, which is never shown', async () => {
    const endpoint = hub.origin.replace('//', '//ann:hidden@');
    const report = await finish(pull({ settings: { huggingface: { endpoint } } }));
    expect(report.isNew).toBe(true);
    const error = await errorOf(
      finish(pull({ name: 'transformers/owner/other', settings: { huggingface: { endpoint } } })),
    );
    expect(error.message).toContain(hub.origin);
    expect(`${error.message} ${error.hint}`).not.toContain('hidden');
  });

  test('is not asked for again when it is there, unless that is said', async () => {
    await finish(pull());
    const asked = hub.paths.length;
    expect(await finish(pull())).toMatchObject({ isNew: false, bytes: 0 });
    expect(hub.paths).toHaveLength(asked);
    expect(await finish(pull({ again: true }))).toMatchObject({ isNew: true });
  });

  test('that breaks off is none, and goes on from what came', async () => {
    hub.breakAfter(200_000);
    const error = await errorOf(finish(pull()));
    expect(error.code).toBe('MODEL_UNREACHABLE');
    expect(error.hint).toContain('run it again');
    expect(localModels(cacheFolder)).toEqual([]);
    const came = statSync(join(cacheFolder, '.pull/owner--tiny/onnx/model.onnx.part')).size;
    expect(came).toBeGreaterThan(0);
    const before = hub.sentBytes();
    const report = await finish(pull());
    // The pooling, and what is missing of the weights; the other files were whole.
    expect(hub.sentBytes() - before).toBe(300_000 - came + 2);
    expect(readFileSync(join(report.where, 'onnx/model.onnx'))).toEqual(weights);
  });

  test('that was changed on the server is begun anew', async () => {
    hub.breakAfter(200_000);
    await errorOf(finish(pull()));
    const part = join(cacheFolder, '.pull/owner--tiny/onnx/model.onnx.part');
    writeFileSync(join(cacheFolder, '.pull/owner--tiny/onnx/model.onnx.etag'), '"another"');
    writeFileSync(part, Buffer.alloc(200_000, 1));
    const report = await finish(pull());
    expect(readFileSync(join(report.where, 'onnx/model.onnx'))).toEqual(weights);
  });

  test('of which a file was changed on the server is not made of the old one when it breaks off twice', async () => {
    const whole = join(cacheFolder, '.pull/owner--tiny/onnx/model.onnx');
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, Buffer.alloc(300_000, 1));
    writeFileSync(`${whole}.etag`, '"another"');
    hub.breakAfter(200_000);
    await errorOf(finish(pull()));
    const report = await finish(pull());
    expect(readFileSync(join(report.where, 'onnx/model.onnx')).equals(weights)).toBe(true);
  });

  test('stops at once when it is interrupted', async () => {
    const control = new AbortController();
    const stalled = hub.stallAfter(100_000);
    const pulling = errorOf(finish(pull({ signal: control.signal })));
    await stalled;
    control.abort();
    expect((await pulling).code).toBe('ABORTED');
    expect(localModels(cacheFolder)).toEqual([]);
  });

  test('is refused to a second process, and not to one after a kill', async () => {
    mkdirSync(join(cacheFolder, '.pull'), { recursive: true });
    writeFileSync(join(cacheFolder, '.pull/owner--tiny.pid'), String(process.ppid));
    expect(await errorOf(finish(pull()))).toMatchObject({ code: 'DB_BUSY' });
    writeFileSync(join(cacheFolder, '.pull/owner--tiny.pid'), '999999999');
    expect(await finish(pull())).toMatchObject({ isNew: true });
  });

  test('of which a page to log in came instead is none, and is asked for again', async () => {
    const page = temporaryFolder({
      'config.json': '{}',
      'tokenizer.json': '<html>Log in</html>',
      'tokenizer_config.json': '{}',
      'onnx/model.onnx': '<html>Log in</html>',
    });
    const captive = await startHubServer('owner/tiny', page.path);
    closing.push(captive.close);
    const huggingface = { endpoint: captive.origin };
    const refused = await errorOf(finish(pull({ settings: { huggingface } })));
    expect(refused).toMatchObject({ code: 'MODEL_FAILED' });
    expect(refused.message).toBe(`What ${captive.origin} gave as tokenizer.json is none.`);
    writeFileSync(join(page.path, 'tokenizer.json'), '{}');
    expect((await errorOf(finish(pull({ settings: { huggingface } })))).message).toContain('onnx/model.onnx is none');
    expect(localModels(cacheFolder)).toEqual([]);
    expect(await finish(pull())).toMatchObject({ isNew: true });
  });

  test('with a file of settings that does not end is left before the disk is full', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '300000000' });
      response.write('{');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.closeAllConnections();
      server.close();
    });
    const huggingface = { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
    expect((await errorOf(finish(pull({ settings: { huggingface } })))).message).toContain(
      'config.json has more than 200 MB',
    );
  });

  test('that cannot be had says why', async () => {
    expect(await errorOf(finish(pull({ name: 'transformers/owner/other' })))).toMatchObject({
      code: 'MODEL_NOT_FOUND',
      message: `${hub.origin} has no config.json of "owner/other".`,
    });
    expect((await errorOf(finish(pull({ name: 'transformers/../../etc' })))).code).toBe('MODEL_NOT_FOUND');
    hub.refuse(401);
    expect((await errorOf(finish(pull()))).code).toBe('MODEL_AUTH');
    hub.refuse(503);
    expect((await errorOf(finish(pull()))).code).toBe('MODEL_UNREACHABLE');
    const huggingface = { endpoint: 'https://huggingface.co' };
    const offline = async () => finish(pull({ settings: { offline: true, huggingface } }));
    expect((await errorOf(offline())).code).toBe('OFFLINE');
    const elsewhere = async () => finish(pull({ name: 'openai/gpt-4o' }));
    expect((await errorOf(elsewhere())).code).toBe('USAGE');
  });
});

describe('a model of Ollama', () => {
  /** Speaks `POST /api/pull` as Ollama does: JSON lines. */
  async function startPullServer(lines: readonly object[], status = 200): Promise<string> {
    const server = createServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/x-ndjson' });
      response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => new Promise((resolve) => void server.close(() => resolve())));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const pullFrom = (host: string, settings: Partial<Settings> = {}) =>
    pullModel('ollama/tiny', {
      settings: { ...defaultSettings, ollama: { host }, ...settings },
      cacheFolder: '/nowhere',
      fetch: globalThis.fetch,
    });
  const layer = { status: 'pulling dde5aa3fc5ff', digest: 'sha256:dde5', total: 1000 };

  test('is downloaded by the server, which says how far it is', async () => {
    const host = await startPullServer([
      { status: 'pulling manifest' },
      layer,
      { ...layer, completed: 400 },
      { ...layer, completed: 1000 },
      { status: 'verifying sha256 digest' },
      { status: 'success' },
    ]);
    const { told, ...report } = await finish(pullFrom(host));
    expect(report).toEqual({ name: 'ollama/tiny', where: host, bytes: 1000, isNew: true });
    const withPassword = await finish(pullFrom(host.replace('//', '//ann:hidden@')));
    expect(withPassword.where).toBe(host);
    expect(told.map((event) => event.type === 'pull-progress' && event.done)).toEqual([
      0,
      0,
      400,
      1000,
      1000,
      1000,
      false,
    ]);
  });

  test('that the server cannot download says why', async () => {
    const unknown = await startPullServer([{ error: 'pull model manifest: file does not exist' }]);
    expect((await errorOf(finish(pullFrom(unknown)))).code).toBe('MODEL_NOT_FOUND');
    const full = await startPullServer([layer, { error: 'write: no space left on device' }]);
    expect(await errorOf(finish(pullFrom(full)))).toMatchObject({
      code: 'MODEL_FAILED',
      message: 'Ollama could not download "tiny": write: no space left on device.',
    });
    const broken = await startPullServer([layer]);
    expect((await errorOf(finish(pullFrom(broken)))).code).toBe('MODEL_FAILED');
    expect((await errorOf(finish(pullFrom(await refusedOrigin())))).code).toBe('MODEL_UNREACHABLE');
    const offline = async () => finish(pullFrom(unknown, { offline: true }));
    expect((await errorOf(offline())).code).toBe('OFFLINE');
  });
});
