/**
 * How much of the evidence a reader gets in so many tokens: passages as they are, with a neighbour on either side, with
 * whole sections where enough of their passages match, and as `rag context` packs them. The tokens of the last are counted
 * on the long side, headers included, those of the others are of the passages alone.
 *
 *   npm run bench:evidence -- [--from <folder of collections>] [--only qmsum-val,...] [--mode hybrid] [--queries 1000]
 *
 * Evidence are places of whole documents. Recall is the share of their characters within the first passages that fit
 * into the budget, mean over the questions; p is of the paired randomisation test against the first line, at 2,000.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mean } from '../../src/evaluate/metrics.ts';
import { compare } from '../../src/evaluate/significance.ts';
import {
  type ContextResult,
  type KnowledgeBase,
  openKnowledgeBase,
  type SearchHit,
  type SearchMode,
} from '../../src/index.ts';
import { type GoldSpan, readSpanCollection, type SpanCollection } from './shared/span-collection.ts';

const COLLECTIONS = ['financebench-a', 'locomo-a', 'qmsum-val', 'chunkeval-a'];
/** Entries are pages, and a page is a section. */
const WITH_PAGES = new Set(['financebench-a']);
const BUDGETS = [1000, 2000, 4000] as const;
const JUDGED_AT = BUDGETS.indexOf(2000);
const LIMITS = [10, 20, 40, 80, 160];
const WAYS = [
  { name: 'plain', options: {} },
  { name: '--window 1', options: { window: 1 } },
  { name: '--window 2', options: { window: 2 } },
  { name: '--expand section', options: { expandSections: true } },
] as const;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '../shared/eval' },
    only: { type: 'string' },
    mode: { type: 'string', default: 'hybrid' },
    queries: { type: 'string', default: '1000' },
  },
});

for (const name of values.only?.split(',') ?? COLLECTIONS) {
  const folder = join(resolve(values.from), name);
  if (existsSync(folder)) await measure(firstQuestions(readSpanCollection(folder, WITH_PAGES.has(name))));
  else console.log(`${name}: not there`);
}

function firstQuestions(collection: SpanCollection): SpanCollection {
  return { ...collection, questions: collection.questions.slice(0, Number(values.queries)) };
}

async function measure(collection: SpanCollection): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rag-evidence-'));
  try {
    const notes = join(folder, 'notes');
    mkdirSync(notes);
    collection.documents.forEach(({ text }, i) => {
      writeFileSync(join(notes, `${i}.md`), text);
    });
    const knowledgeBase = await openKnowledgeBase({ path: join(folder, 'rag.db') });
    for await (const event of knowledgeBase.add(notes)) if (event.type === 'ingest-end') break;
    const { documents, chunks } = knowledgeBase.status();
    console.log(
      `${collection.name}: ${collection.questions.length} questions, ${documents} documents in ${chunks} passages${moved(knowledgeBase, collection)}`,
    );
    console.log(`  ${'evidence recall at'.padEnd(20)}${BUDGETS.map((budget) => String(budget).padStart(8)).join('')}`);
    let first: number[] | null = null;
    for (const { name, options } of WAYS) {
      const recalls: number[][] = BUDGETS.map(() => []);
      for (const { text, spans } of collection.questions) {
        const hits = await searchToRead(knowledgeBase, text, options);
        BUDGETS.forEach((budget, i) => {
          recalls[i]?.push(recallOf(spans, withinTokens(hits, budget)));
        });
      }
      const judged = recalls[JUDGED_AT] as number[];
      const against = first ? compare(judged, first) : null;
      first ??= judged;
      const note = against
        ? `   ${(against.difference * 100).toFixed(1).padStart(5)} points, p ${against.p.toFixed(3)}`
        : '';
      console.log(`  ${name.padEnd(20)}${recalls.map((all) => mean(all).toFixed(3).padStart(8)).join('')}${note}`);
    }
    const packed: number[][] = BUDGETS.map(() => []);
    for (const { text, spans } of collection.questions) {
      for (const [i, budgetTokens] of BUDGETS.entries()) {
        const { passages } = await knowledgeBase.context(text, { budgetTokens });
        packed[i]?.push(recallOf(spans, passages.map(shownOf)));
      }
    }
    console.log(`  ${'rag context'.padEnd(20)}${packed.map((all) => mean(all).toFixed(3).padStart(8)).join('')}`);
    knowledgeBase.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As many passages as fill the largest budget. */
async function searchToRead(
  knowledgeBase: KnowledgeBase,
  text: string,
  options: { readonly window?: number; readonly expandSections?: boolean },
): Promise<readonly SearchHit[]> {
  const mode = values.mode as SearchMode;
  let hits: readonly SearchHit[] = [];
  for (const limit of LIMITS) {
    ({ hits } = await knowledgeBase.search(text, { mode, limit, perDocument: 0, ...options }));
    if (hits.reduce((sum, { chunk }) => sum + chunk.tokens, 0) >= Math.max(...BUDGETS)) break;
  }
  return hits;
}

function withinTokens(hits: readonly SearchHit[], budget: number): readonly SearchHit[] {
  let total = 0;
  const end = hits.findIndex(({ chunk }) => {
    total += chunk.tokens;
    return total > budget;
  });
  return end < 0 ? hits : hits.slice(0, end);
}

/** A passage of a document, as far as it is shown. */
type Shown = { readonly path: string; readonly chunk: Pick<SearchHit['chunk'], 'span'> };

function shownOf({ hit, text }: ContextResult['passages'][number]): Shown {
  const { start } = hit.chunk.span;
  const path = 'path' in hit ? (hit as SearchHit).path : '';
  return { path, chunk: { span: { start, end: start + text.length } } };
}

/** Share of the characters of the gold places that the passages hold. */
function recallOf(spans: readonly GoldSpan[], hits: readonly Shown[]): number {
  let found = 0;
  let wanted = 0;
  for (const span of spans) {
    const covered = new Uint8Array(span.end - span.start);
    for (const { path, chunk } of hits) {
      if (path !== `${span.document}.md`) continue;
      covered.fill(1, Math.max(0, chunk.span.start - span.start), Math.max(0, chunk.span.end - span.start));
    }
    found += covered.reduce((sum, each) => sum + each, 0);
    wanted += covered.length;
  }
  return wanted > 0 ? found / wanted : 0;
}

/** Says how many documents are not stored as they were written, so that places in them are off. */
function moved(knowledgeBase: KnowledgeBase, { documents }: SpanCollection): string {
  const changed = documents.filter(({ text }, i) => knowledgeBase.get(`${i}.md`).document.text.trim() !== text.trim());
  return changed.length > 0 ? ` (${changed.length} stored with other places)` : '';
}
