import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbedServer, startEmbedServer } from '../servers/embed/embed-server.ts';
import { ollamaWire } from '../servers/embed/ollama.ts';
import { openaiWire } from '../servers/embed/openai.ts';
import { makeTinyEmbedder } from '../support/make-tiny-embedder.ts';
import { isBuilt, runRag } from './run-rag.ts';

const NOTES = {
  'leave.md': '# Leave\n\nEverybody has thirty days of holiday in a year.\n',
  'engine.md': '# Engine\n\nThe engine needs new spark plugs.\n',
  'canteen.md': '# Canteen\n\nThe canteen opens at eight.\n',
};
const KEY = 'sk-a-key-of-the-test-4711';

describe.skipIf(!isBuilt)('the built program (run `npm run build` first)', () => {
  let folder: string;
  let model: string;
  const servers: EmbedServer[] = [];
  const rag = (environment: Record<string, string>, ...argv: string[]) => runRag(argv, { folder, environment });
  const pathsOf = (stdout: string): string[] =>
    (JSON.parse(stdout) as { data: { hits: { path: string }[] } }).data.hits.map(({ path }) => path);

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'ragstone-embedders-')));
    model = join(folder, 'tiny model');
    mkdirSync(join(folder, 'notes'));
    for (const [name, text] of Object.entries(NOTES)) writeFileSync(join(folder, 'notes', name), text);
    makeTinyEmbedder(model, {
      texts: [...Object.values(NOTES), 'vacation'],
      dimensions: 256,
      synonyms: [['holiday', 'vacation']],
    });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a folder with a model embeds a new database, and every search after it without being named again', async () => {
    const added = await rag(
      { RAG_EMBEDDER_MODEL: `transformers/${model}` },
      'add',
      'notes',
      '--db',
      'own.db',
      '--json',
    );
    expect([added.code, added.stderr]).toEqual([0, '']);
    const status = await rag({}, 'status', '--db', 'own.db', '--json');
    expect(JSON.parse(status.stdout).data.space).toEqual({ provider: 'transformers', model, dimensions: 256 });
    // No document has the word; the model alone knows what it means.
    const found = await rag({}, 'search', 'vacation', '--mode', 'vector', '--db', 'own.db', '--json');
    expect([found.code, pathsOf(found.stdout)[0]]).toEqual([0, 'leave.md']);
    const doctor = await rag({}, 'doctor', '--db', 'own.db', '--json');
    expect(doctor.stdout).toContain(`transformers/${model} works (256 dimensions)`);
  });

  test('another model that is set is refused with what to do, and words are still found', async () => {
    await rag({}, 'add', 'notes', '--db', 'builtin.db');
    const other = { RAG_EMBEDDER_MODEL: `transformers/${model}` };
    const refused = await rag(other, 'search', 'spark plugs', '--db', 'builtin.db');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toMatch(/come from builtin\/ragstone-static-1.*rag models use/s);
    const byWords = await rag(other, 'search', 'spark plugs', '--mode', 'lexical', '--db', 'builtin.db', '--json');
    expect(pathsOf(byWords.stdout)).toEqual(['engine.md']);
    expect((await rag(other, 'add', 'notes', '--db', 'builtin.db')).code).toBe(3);
  });

  test('a service embeds with its key, which nothing shows or keeps', async () => {
    const server = await startEmbedServer(openaiWire, { model: 'text-embedding-3-small', apiKey: KEY });
    servers.push(server);
    const environment = {
      RAG_EMBEDDER_MODEL: 'openai/text-embedding-3-small',
      OPENAI_BASE_URL: `${server.origin}/v1`,
      OPENAI_API_KEY: KEY,
    };
    expect((await rag(environment, 'add', 'notes', '--db', 'service.db')).code).toBe(0);
    const { RAG_EMBEDDER_MODEL: _, ...named } = environment;
    const found = await rag(named, 'search', 'spark plugs', '--mode', 'vector', '--db', 'service.db', '--json');
    expect(pathsOf(found.stdout)[0]).toBe('engine.md');
    const asked = server.requests.length;
    await rag(named, 'add', join(model, 'config.json'), '--db', 'service.db');
    expect(server.requests).toHaveLength(asked + 1);
    const again = await rag(named, 'search', 'spark plugs', '--mode', 'vector', '--db', 'service.db', '--json');
    expect(pathsOf(again.stdout)[0]).toBe('engine.md');
    expect(server.requests).toHaveLength(asked + 1);
    const wrong = await rag(
      { ...named, OPENAI_API_KEY: `${KEY}0` },
      'search',
      'canteen',
      '--db',
      'service.db',
      '--json',
    );
    expect(wrong.code).toBe(3);
    expect(wrong.stdout + wrong.stderr).toContain('MODEL_AUTH');
    expect(wrong.stdout + wrong.stderr).not.toContain(KEY);
    const offline = await rag({}, 'search', 'canteen', '--offline', '--db', 'service.db');
    expect(offline.stderr).toMatch(
      /openai\/text-embedding-3-small is at api\.openai\.com, which is not asked while offline/,
    );
  });

  test('a server without the model is told before anything is read, with the command that mends it', async () => {
    const server = await startEmbedServer(ollamaWire, { model: 'other' });
    servers.push(server);
    const environment = { RAG_EMBEDDER_MODEL: 'ollama/nomic-embed-text', OLLAMA_HOST: server.origin };
    const added = await rag(environment, 'add', 'notes', '--db', 'none.db');
    expect(added.code).toBe(3);
    expect(added.stderr).toContain('ollama pull nomic-embed-text');
    const doctor = await rag(environment, 'doctor', '--db', 'none.db');
    expect(doctor.stdout + doctor.stderr).toContain('ollama pull nomic-embed-text');
  });

  test('long passages are cut to what a model takes, and that is said', async () => {
    const server = await startEmbedServer(ollamaWire, { model: 'short', maxWords: 60 });
    servers.push(server);
    writeFileSync(join(folder, 'long.txt'), `${'many words of a long story '.repeat(60)}\n`);
    const environment = { RAG_EMBEDDER_MODEL: 'ollama/short', OLLAMA_HOST: server.origin };
    const added = await rag(environment, 'add', 'long.txt', '--db', 'long.db');
    expect([added.code, added.stdout]).toEqual([0, expect.stringMatching(/passages? (was|were) longer than/)]);
  });

  test('models are asked through a proxy where one is set', async () => {
    const asked: string[] = [];
    const target = await startEmbedServer(openaiWire, { model: 'm' });
    servers.push(target);
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? '');
      const { pathname } = new URL(request.url ?? '');
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', async () => {
        const answer = await fetch(`${target.origin}${pathname}`, { method: 'POST', body: Buffer.concat(parts) });
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const environment = {
      RAG_EMBEDDER_MODEL: 'openai/m',
      OPENAI_BASE_URL: 'http://models.example.org/v1',
      HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    };
    try {
      expect((await rag(environment, 'add', 'notes', '--db', 'proxy.db')).code).toBe(0);
      expect(asked[0]).toBe('http://models.example.org/v1/embeddings');
    } finally {
      proxy.closeAllConnections();
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});
