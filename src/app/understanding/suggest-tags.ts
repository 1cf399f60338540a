import { setImmediate } from 'node:timers/promises';
import type { DocumentRow, Store, StoredDocument } from '../../store/types.ts';
import { type TextFeatures, textFeatures } from '../../understand/classify/text-features.ts';
import { type Example, trainClassifier } from '../../understand/classify/train-classifier.ts';
import type { TagFigures, TagSuggestion, TagSuggestions, TagSuggestOptions } from './types.ts';

export const DEFAULT_CONFIDENCE = 0.5;
/** Fewer examples teach nothing that could be measured. */
const MIN_EXAMPLES = 4;
const FOLDS = 5;
/** Bounds of time: some seconds. */
const MAX_EXAMPLES = 2000;
const MAX_TAGS = 40;
/** Read of each document. */
const MAX_LENGTH = 20_000;
const MAX_SUGGESTIONS = 3;

type Read = { readonly document: StoredDocument; readonly own: readonly string[]; readonly features: TextFeatures };

/**
 * Tags for documents that have none of their own, learned from those that have. How often such suggestions are right is
 * measured on tagged documents that were held out, each once. Applies them only when asked to.
 */
export async function suggestTags(store: Store, options: TagSuggestOptions): Promise<TagSuggestions> {
  const { filter = {}, minConfidence = DEFAULT_CONFIDENCE, apply = false, onProgress, signal } = options;
  const ofSource = new Map(store.sources().map(({ row, tags }) => [row, tags]));
  const ownTags = ({ tags, sourceRow }: StoredDocument): string[] =>
    tags.filter((tag) => !ofSource.get(sourceRow)?.includes(tag));
  const read = async (documents: readonly StoredDocument[]): Promise<Read[]> => {
    const found: Read[] = [];
    for (const [at, document] of documents.entries()) {
      if (at % 100 === 0) {
        await setImmediate();
        if (signal?.aborted) break;
        onProgress?.({ done: at, total: documents.length });
      }
      const text = store.documentText(document.source.documentId, { start: 0, end: MAX_LENGTH }) ?? '';
      found.push({ document, own: ownTags(document), features: textFeatures(`${document.source.title}\n${text}`) });
    }
    return found;
  };
  const all = store.documents({}, Number.MAX_SAFE_INTEGER, 0);
  const byId = (a: StoredDocument, b: StoredDocument): number => (a.source.documentId < b.source.documentId ? -1 : 1);
  const tagged = await read(
    all
      .filter((each) => ownTags(each).length > 0)
      .sort(byId)
      .slice(0, MAX_EXAMPLES),
  );
  const counts = new Map<string, number>();
  for (const { own } of tagged) for (const tag of own) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const learned = [...counts]
    .filter(([, count]) => count >= MIN_EXAMPLES && count < tagged.length)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MAX_TAGS)
    .map(([tag]) => tag);
  const examples = tagged.map(({ own, features }): Example => ({ labels: own, features }));
  const figures = learned.length > 0 ? holdOut(examples, learned, minConfidence) : [];
  const classify = trainClassifier(examples, learned);
  const untagged = learned.length === 0 ? [] : store.documents(filter, Number.MAX_SAFE_INTEGER, 0);
  const candidates = await read(untagged.filter((each) => ownTags(each).length === 0));
  const suggestions: (TagSuggestion & { readonly row: DocumentRow })[] = [];
  for (const { document, features } of candidates) {
    const likely = [...classify(features)].filter(([, confidence]) => confidence >= minConfidence);
    const tags = likely
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MAX_SUGGESTIONS)
      .map(([tag, confidence]) => ({ tag, confidence }));
    const { row, path, source } = document;
    if (tags.length > 0) suggestions.push({ row, documentId: source.documentId, path, tags });
  }
  const isApplied = apply && !signal?.aborted && suggestions.length > 0;
  if (isApplied) {
    store.write((writer) => {
      for (const { row, tags } of suggestions) for (const { tag } of tags) writer.tagDocument(row, tag);
    });
  }
  return {
    minConfidence,
    tagged: tagged.length,
    untagged: candidates.length,
    tooFew: [...counts.keys()].filter((tag) => !learned.includes(tag)).sort(),
    figures,
    suggestions: suggestions.map(({ row: _, ...rest }) => rest),
    applied: isApplied,
  };
}

/** Every fifth document of each tag is left out in turn, and judged by what the others teach. */
function holdOut(examples: readonly Example[], labels: readonly string[], minConfidence: number): TagFigures[] {
  const foldOf = foldsOf(examples);
  const sums = new Map(labels.map((tag) => [tag, { suggested: 0, right: 0, had: 0 }]));
  for (let fold = 0; fold < FOLDS; fold++) {
    const classify = trainClassifier(
      examples.filter((_, at) => foldOf[at] !== fold),
      labels,
    );
    for (const [at, { features, labels: own }] of examples.entries()) {
      if (foldOf[at] !== fold) continue;
      for (const [tag, confidence] of classify(features)) {
        const sum = sums.get(tag) as { suggested: number; right: number; had: number };
        const has = own.includes(tag);
        if (has) sum.had++;
        if (confidence >= minConfidence) sum.suggested++;
        if (has && confidence >= minConfidence) sum.right++;
      }
    }
  }
  return [...sums].map(([tag, { suggested, right, had }]) => ({
    tag,
    documents: had,
    suggested,
    right,
    precision: suggested === 0 ? null : right / suggested,
    recall: had === 0 ? null : right / had,
  }));
}

function foldsOf(examples: readonly Example[]): number[] {
  const next = new Map<string, number>();
  return examples.map(({ labels }) => {
    const key = labels[0] ?? '';
    const fold = next.get(key) ?? 0;
    next.set(key, (fold + 1) % FOLDS);
    return fold;
  });
}
