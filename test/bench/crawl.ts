/**
 * Serves a site with the traps that sites have, crawls it with the built program, changes some of it and crawls it again.
 *
 *   npm run bench:crawl -- [--sections 6] [--seed 1]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { articlePath } from '../servers/site/site-pages.ts';
import { type SiteServer, startSiteServer } from '../servers/site/site-server.ts';
import { runRag } from './shared/run-rag.ts';

const { values } = parseArgs({
  options: { sections: { type: 'string', default: '6' }, seed: { type: 'string', default: '1' } },
});

type Outcome = {
  readonly status: string;
  readonly path: string;
  readonly reason: { code: string; message: string } | null;
};
type Report = {
  readonly counts: Readonly<Record<string, number>>;
  readonly elapsedMs: number;
  readonly crawls: readonly Readonly<Record<string, unknown>>[];
  readonly changes: readonly Outcome[];
  readonly problems: readonly Outcome[];
};

const folder = mkdtempSync(join(tmpdir(), 'rag-crawl-'));
const server = await startSiteServer({ sections: Number(values.sections), seed: Number(values.seed) });
const db = join(folder, 'site.db');
/** So that the slow pages of the site are given up soon. */
const ENVIRONMENT = { RAG_HTTP_PAGE_TIMEOUT_MS: '3000' };
let isRight = true;
try {
  console.log(`A site of ${server.goodPaths.length} good pages, and what is odd besides.\n`);
  const first = await crawl('First crawl', ['add', `${server.origin}/`, '--crawl', '--delay', '0', '--allow-private']);
  for (const { status, path, reason } of first.problems) {
    console.log(`  ${status.padEnd(8)} ${(reason?.code ?? '').padEnd(16)} ${path.replace(server.origin, '')}`);
  }
  const stray = server.strayRequests();
  console.log(`  requests that reached the port that redirects lead to: ${stray}\n`);
  isRight &&= stray === 0 && !server.requests.some(({ path }) => path.startsWith('/private/'));

  const changed = [articlePath(1, 1, 4), articlePath(2, 3, 5), '/s3/', '/s3/t2/'];
  const removed = [articlePath(4, 1, 1)];
  server.change(changed, 'A paragraph that was not there.');
  server.remove(removed);
  const second = await crawl(`Second crawl; ${changed.length} pages changed, ${removed.length} removed`, ['sync']);
  for (const { status, path } of second.changes)
    console.log(`  ${status.padEnd(8)} ${path.replace(server.origin, '')}`);
  const updated = second.changes.filter(({ status }) => status === 'updated').map(({ path }) => path);
  isRight &&= isSame(updated, changed) && second.counts.removed === removed.length && second.counts.added === 0;

  console.log('\nWhat was sent in full the second time, of pages with a validator:');
  const sent = server.requests
    .filter(({ status, isConditional }) => status === 200 && isConditional)
    .map(({ path }) => path);
  console.log(`  ${sent.join('\n  ')}`);
  isRight &&= isSame(
    sent.map((path) => server.origin + path),
    changed,
  );
} finally {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}
console.log(isRight ? '\nOnly what changed was fetched.' : '\nSomething went wrong.');
process.exitCode = isRight ? 0 : 1;

async function crawl(what: string, argv: readonly string[]): Promise<Report> {
  server.forget();
  const { stdout, stderr } = await runRag([...argv, '--json', '--db', db], ENVIRONMENT);
  if (stdout === '') throw new Error(stderr);
  const report = (JSON.parse(stdout) as { data: Report }).data;
  const { refused, ...figures } = report.crawls[0]!;
  console.log(`${what}: ${(report.elapsedMs / 1000).toFixed(1)} s`);
  console.log(`  outcomes  ${listOf(report.counts)}`);
  console.log(`  pages     ${listOf(figures)}`);
  console.log(`  not taken ${listOf(refused as Record<string, number>)}`);
  console.log(`  answers   ${listOf(statuses(server))}`);
  return report;
}

function statuses({ requests }: SiteServer): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of requests) {
    const name = status === 0 ? 'none' : String(status);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

function listOf(counts: Readonly<Record<string, unknown>>): string {
  return Object.entries(counts)
    .filter(([name, value]) => value !== 0 && value !== null && name !== 'uri')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function isSame(uris: readonly string[], paths: readonly string[]): boolean {
  const wanted = paths.map((path) => server.origin + path).sort();
  return JSON.stringify([...uris].sort()) === JSON.stringify(wanted);
}
