import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { articlePath, FOOTER, HTML, sitePage } from '../servers/site/site-pages.ts';
import { type SiteServer, startSiteServer } from '../servers/site/site-server.ts';
import { finished, type Home, isBuilt, runRag, startRag } from './run-rag.ts';

const CRAWL = ['--crawl', '--delay', '0', '--allow-private'];
const PLAIN = { sections: 2, topics: 3, articles: 4, isPlain: true };

type Report = {
  readonly counts: Readonly<Record<string, number>>;
  readonly crawls: readonly { readonly fetched: number; readonly notModified: number; readonly resumed: number }[];
  readonly problems: readonly { readonly path: string; readonly reason: { readonly code: string } }[];
  readonly changes: readonly { readonly status: string; readonly path: string }[];
  readonly sourceProblems: readonly { readonly code: string }[];
};

describe.skipIf(!isBuilt)('rag add --crawl', () => {
  let home: Home;
  let server: SiteServer;
  beforeEach(() => {
    home = { folder: mkdtempSync(join(tmpdir(), 'rag-crawl-')) };
  });
  afterEach(async () => {
    await server.close();
    rmSync(home.folder, { recursive: true, force: true });
  });

  const run = async (...argv: string[]): Promise<Report> =>
    JSON.parse((await runRag([...argv, '--json'], home)).stdout).data as Report;
  const add = (...argv: string[]) => run('add', `${server.origin}/`, ...CRAWL, ...argv);
  const stored = async (): Promise<string[]> => {
    const { stdout } = await runRag(['ls', '--json', '-n', '500'], home);
    const { documents } = JSON.parse(stdout).data as { documents: { path: string }[] };
    return documents.map(({ path }) => path.slice(server.origin.length)).sort();
  };

  test('a site is stored without its boilerplate, changes are fetched alone, and what is gone goes', async () => {
    server = await startSiteServer(PLAIN);
    const first = await add();
    expect(first.counts).toMatchObject({ added: server.goodPaths.length, failed: 0 });
    expect(await stored()).toEqual([...server.goodPaths].sort());
    const article = await runRag(['get', server.origin + articlePath(1, 1, 1)], home);
    expect(article.stdout).toContain('Part 1 of');
    expect(article.stdout).not.toContain(FOOTER);
    expect((await runRag(['get', `${server.origin}/`], home)).stdout).toContain(FOOTER);

    server.change([articlePath(1, 2, 3)], 'A new paragraph.');
    server.remove([articlePath(2, 1, 1)]);
    const second = await run('sync');
    expect(second.changes).toEqual([
      expect.objectContaining({ status: 'updated', path: server.origin + articlePath(1, 2, 3) }),
      expect.objectContaining({ status: 'removed', path: server.origin + articlePath(2, 1, 1) }),
    ]);
    expect(second.crawls[0]).toMatchObject({ fetched: 1, notModified: server.goodPaths.length - 2 });
  });

  test('a server that is down removes nothing, and --crawl need not be said again', async () => {
    server = await startSiteServer(PLAIN);
    await add();
    server.failWith(500);
    const { sourceProblems, counts } = await run('sync');
    expect(sourceProblems).toHaveLength(1);
    expect(counts.removed).toBe(0);
    server.failWith(null);
    expect((await run('add', `${server.origin}/`, '--allow-private')).counts.removed).toBe(0);
    expect(await stored()).toHaveLength(server.goodPaths.length);
  });

  test('pages with one text are stored once, and the others are told', async () => {
    server = await startSiteServer(PLAIN);
    const body = sitePage('Same', '<p>One text at three places of the site.</p>');
    const links = ['/one', '/two', '/three'].map((path) => `<a href="${path}">${path}</a>`).join('');
    for (const path of ['/one', '/two', '/three']) server.set(path, { body, headers: HTML });
    server.set('/m0/', { body: sitePage('Links', `<p>Where they are.</p>${links}`), headers: HTML });
    const { problems } = await add();
    const copies = problems.filter(({ reason }) => reason.code === 'duplicate');
    expect(copies).toHaveLength(2);
    expect((await stored()).filter((path) => ['/one', '/two', '/three'].includes(path))).toHaveLength(1);
  });

  test('a crawl that was killed goes on where it was', async () => {
    server = await startSiteServer({ ...PLAIN, articles: 15 });
    const child = startRag(['add', `${server.origin}/`, ...CRAWL, '--delay', '10', '-o', 'jsonl'], home);
    const ended = finished(child);
    child.stdout!.on('data', (text: string) => {
      if (text.includes('"added"')) child.kill('SIGKILL');
    });
    await ended;
    const kept = await stored();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThan(server.goodPaths.length);
    server.forget();
    const rest = await run('sync');
    expect(rest.crawls[0]!.resumed).toBeGreaterThan(0);
    expect(await stored()).toEqual([...server.goodPaths].sort());
    const asked = server.requests.filter(({ path, isConditional }) => !isConditional && kept.includes(path));
    expect(asked).toEqual([]);
  });

  test('its bounds are refused without --crawl, and out of their range', async () => {
    server = await startSiteServer(PLAIN);
    const without = await runRag(['add', server.origin, '--depth', '2'], home);
    expect(without).toMatchObject({ code: 2, stderr: expect.stringContaining('--crawl') });
    const folder = await runRag(['add', '.', '--crawl'], home);
    expect(folder).toMatchObject({ code: 2, stderr: expect.stringContaining('http') });
    const wrong = await runRag(['add', server.origin, '--crawl', '--concurrency', '9'], home);
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('from 1 to 4') });
    expect(server.requests).toEqual([]);
  });
});
