import { setImmediate } from 'node:timers/promises';
import { RagError } from '../../platform/errors.ts';
import type { DocumentRow, Store, StoredDocument, StoredSketch } from '../../store/types.ts';
import { comparedPart, sketchSimilarity } from '../../understand/sketch/text-sketch.ts';
import { shingleHashes, shingleSimilarity, wordHashes } from '../../understand/sketch/word-hashes.ts';
import { likePairs } from './like-pairs.ts';
import type { DuplicateGroup, DuplicateOptions, DuplicateReport, Likeness } from './types.ts';

export const DEFAULT_THRESHOLD = 0.9;
const MIN_THRESHOLD = 0.3;
/** The estimate is off by so much, hardly ever by more: what is nearer is compared exactly. */
const ESTIMATE_SLACK = 0.12;
/** Shingles of texts that were compared lately; each takes some 50 bytes a word. */
const MAX_REMEMBERED = 64;
const PAIRS_PER_TURN = 200;

/**
 * Groups of documents with nearly the same words. Sketches choose the pairs that are compared, and every pair that counts was
 * compared word for word. A group is a chain: each of its documents is as like another one as the threshold says.
 */
export async function findDuplicates(
  store: Store,
  { filter = {}, threshold = DEFAULT_THRESHOLD, onProgress, signal }: DuplicateOptions,
): Promise<DuplicateReport> {
  if (!(threshold >= MIN_THRESHOLD && threshold <= 1)) {
    throw new RagError('USAGE', {
      message: `The threshold is ${threshold}; it must be from ${MIN_THRESHOLD} to 1.`,
      hint: '1 finds equal words only; below .5 texts have little in common.',
    });
  }
  const documents = new Map(store.documents(filter, Number.MAX_SAFE_INTEGER, 0).map((each) => [each.row, each]));
  const all = store.sketches();
  const known = new Set(all.map(({ row }) => row));
  const sketches = all.filter(({ row, bins }) => bins !== null && documents.has(row));
  const lacking = [...documents.keys()].filter((row) => !known.has(row)).length;

  const leaders = createLeaders();
  const firstWith = new Map<string, DocumentRow>();
  for (const { row, words } of sketches) {
    const key = Buffer.from(words).toString('hex');
    const first = firstWith.get(key);
    if (first === undefined) firstWith.set(key, row);
    else leaders.join(first, row);
  }
  const distinct = sketches.filter(({ row }) => leaders.of(row) === row) as (StoredSketch & { bins: Uint16Array })[];
  const shinglesOf = rememberShingles(store);
  let compared = 0;
  for (const [left, right] of threshold < 1
    ? likePairs(
        distinct.map(({ bins }) => bins),
        threshold,
      )
    : []) {
    if (++compared % PAIRS_PER_TURN === 0) {
      await setImmediate();
      if (signal?.aborted) break;
      onProgress?.({ done: right, total: distinct.length });
    }
    const [a, b] = [distinct[left]!, distinct[right]!];
    if (leaders.of(a.row) === leaders.of(b.row) || sketchSimilarity(a.bins, b.bins) < threshold - ESTIMATE_SLACK)
      continue;
    if (shingleSimilarity(shinglesOf(a.row), shinglesOf(b.row)) >= threshold) leaders.join(a.row, b.row);
  }

  const members = new Map<DocumentRow, StoredDocument[]>();
  for (const { row } of sketches) {
    const leader = leaders.of(row);
    members.set(leader, [...(members.get(leader) ?? []), documents.get(row) as StoredDocument]);
  }
  const wordsOf = new Map(sketches.map(({ row, words }) => [row, Buffer.from(words).toString('hex')]));
  const groups = [...members.values()]
    .filter(({ length }) => length > 1)
    .map((group) => describeGroup(group, { wordsOf, shinglesOf }))
    .sort(
      (left, right) =>
        right.documents.length - left.documents.length ||
        ((left.documents[0]?.path ?? '') < (right.documents[0]?.path ?? '') ? -1 : 1),
    );
  return { threshold, documents: documents.size, lacking, groups, interrupted: signal?.aborted ?? false };
}

type Comparison = {
  readonly wordsOf: ReadonlyMap<DocumentRow, string>;
  readonly shinglesOf: (row: DocumentRow) => ReadonlySet<number>;
};

function describeGroup(group: readonly StoredDocument[], { wordsOf, shinglesOf }: Comparison): DuplicateGroup {
  const timeOf = ({ source, indexedAt }: StoredDocument): number => Date.parse(source.modifiedAt ?? indexedAt) || 0;
  const sorted = [...group].sort((a, b) => timeOf(b) - timeOf(a) || (a.path < b.path ? -1 : 1));
  const [newest] = sorted as [StoredDocument];
  const likenessOf = (document: StoredDocument): Likeness => {
    if (document.contentHash === newest.contentHash) return 'bytes';
    return wordsOf.get(document.row) === wordsOf.get(newest.row) ? 'words' : 'near';
  };
  return {
    documents: sorted.map((document) => {
      const likeness = likenessOf(document);
      const { documentId, uri, modifiedAt } = document.source;
      const similarity = likeness === 'near' ? shingleSimilarity(shinglesOf(newest.row), shinglesOf(document.row)) : 1;
      return { documentId, path: document.path, uri, modifiedAt, bytes: document.bytes, likeness, similarity };
    }),
  };
}

/** Which documents are one group: each has the leader of its group. */
function createLeaders() {
  const parents = new Map<DocumentRow, DocumentRow>();
  const of = (row: DocumentRow): DocumentRow => {
    let leader = row;
    for (let next = parents.get(leader); next !== undefined; next = parents.get(leader)) leader = next;
    if (leader !== row) parents.set(row, leader);
    return leader;
  };
  return {
    of,
    join(left: DocumentRow, right: DocumentRow): void {
      const [a, b] = [of(left), of(right)];
      if (a !== b) parents.set(b, a);
    },
  };
}

function rememberShingles(store: Store): (row: DocumentRow) => ReadonlySet<number> {
  const remembered = new Map<DocumentRow, ReadonlySet<number>>();
  return (row) => {
    const there = remembered.get(row);
    if (there) return there;
    const made = new Set(shingleHashes(wordHashes(comparedPart(store.document(row).text))));
    remembered.set(row, made);
    for (const oldest of remembered.size > MAX_REMEMBERED ? [remembered.keys().next().value] : []) {
      remembered.delete(oldest as DocumentRow);
    }
    return made;
  };
}
