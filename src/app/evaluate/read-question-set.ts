import { basename } from 'node:path';
import { coverage } from '../../evaluate/evidence.ts';
import { type QuestionLine, readQuestionLines } from '../../evaluate/read-question-lines.ts';
import type { DocumentSummary, KnowledgeBase } from '../types.ts';
import { type JudgedQuestion, type OpenQuestion, type QuestionSet, requireJudged } from './question-set.ts';

/** Share of a gold passage's words that a hit must have to be it: chunks and gold passages are cut differently. */
const PASSAGE_MATCH = 0.5;

/** Documents whose names are held in memory to find what a question refers to. */
const MAX_DOCUMENTS = 1_000_000;

/**
 * A file of questions about the documents of an open knowledge base: JSON lines of `{question, paths, answer, kind}`.
 * Questions without a document or passage that is there are left out with a reason.
 * Throws USAGE for a malformed file, NOT_FOUND when no question can be judged.
 */
export function readQuestionSet(knowledgeBase: KnowledgeBase, path: string): QuestionSet {
  return questionSetOf(knowledgeBase, basename(path), readQuestionLines(path));
}

/** As `readQuestionSet`, for lines that are there already. */
export function questionSetOf(knowledgeBase: KnowledgeBase, name: string, lines: readonly QuestionLine[]): QuestionSet {
  const find = createFinder(knowledgeBase.list({ limit: MAX_DOCUMENTS }));
  const questions: JudgedQuestion[] = [];
  const open: OpenQuestion[] = [];
  const skipped: { id: string; reason: string }[] = [];
  const goldById = new Map<string, readonly string[]>();
  for (const line of lines) {
    const found = line.relevant.map((reference) => ({ reference, documents: find(reference) }));
    const missing = found.filter(({ documents }) => documents.length === 0).map(({ reference }) => reference);
    // What looks like no path may be the text of a passage.
    const texts = [...line.passages, ...missing.filter((reference) => /\s\S+\s/.test(reference))];
    const keys = found.flatMap(({ documents }) => documents.map(({ uri }) => uri));
    const lost = missing.filter((reference) => !texts.includes(reference));
    if (keys.length > 0) {
      // A document that is not there still counts as one to be found.
      const judgements = new Map([...keys, ...lost].map((key) => [key, 1]));
      const evidence = texts.length > 0 ? texts : line.answer ? [line.answer] : [];
      questions.push({ ...head(line), unit: 'document', judgements, evidence });
    } else if (texts.length > 0) {
      goldById.set(line.id, texts);
      const judgements = new Map(texts.map((_, i) => [passageKey(i), 1]));
      questions.push({ ...head(line), unit: 'passage', judgements, evidence: texts });
    } else {
      if (line.isUnanswerable || (line.answer !== null && lost.length === 0)) open.push({ ...head(line) });
      const reason = line.isUnanswerable
        ? 'it has no answer; `rag eval answers` sees whether it is refused'
        : lost.length > 0
          ? `the database has no ${lost.join(', ')}`
          : 'it names nothing that answers it';
      skipped.push({ id: line.id, reason });
    }
  }
  const set: Omit<QuestionSet, 'keysOf'> = { name, questions, open, skipped };
  if (open.length === 0) requireJudged(set);
  return {
    ...set,
    keysOf: (question, hit) => {
      if (question.unit === 'document') return [hit.document.uri];
      const gold = goldById.get(question.id) ?? [];
      const keys = gold.flatMap((text, i) =>
        coverage(text, [hit.chunk.text]) >= PASSAGE_MATCH ? [passageKey(i)] : [],
      );
      return keys.length > 0 ? keys : [hit.chunk.id];
    },
  };
}

const head = ({ id, text, kind, answer }: QuestionLine) => ({ id, text, kind, gold: answer });

const passageKey = (index: number): string => `passage:${index}`;

/** Finds documents by URI, id or path, or by the end of a path that begins at a `/`. */
function createFinder(documents: readonly DocumentSummary[]): (reference: string) => readonly DocumentSummary[] {
  const byName = new Map<string, DocumentSummary[]>();
  const add = (name: string, document: DocumentSummary): void => {
    const there = byName.get(name);
    if (!there) byName.set(name, [document]);
    else if (!there.includes(document)) there.push(document);
  };
  for (const document of documents) {
    add(document.uri, document);
    add(document.documentId, document);
    add(document.path, document);
  }
  const bySuffix = new Map<string, readonly DocumentSummary[]>();
  return (reference) => {
    const exact = byName.get(reference.replace(/^\.\//, ''));
    if (exact) return exact;
    const known = bySuffix.get(reference);
    if (known) return known;
    const end = `/${reference.replace(/^\.?\//, '')}`;
    const found = documents.filter(({ path, uri }) => path.endsWith(end) || uri.endsWith(end));
    bySuffix.set(reference, found);
    return found;
  };
}
