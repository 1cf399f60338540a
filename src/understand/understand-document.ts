import { documentKind } from './kind/document-kind.ts';
import { detectLanguage } from './language/detect-language.ts';
import { qualityWarnings } from './quality-warnings.ts';
import { type TextSketch, textSketch } from './sketch/text-sketch.ts';
import type { DocumentFacts, StatedDates } from './types.ts';

/** A parsed document, as far as it is understood. */
export type UnderstandInput = {
  readonly text: string;
  readonly title: string | null;
  /** Of its file. */
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly firstLine: number | null;
  /** What it says itself, as it says it. */
  readonly language: string | null;
  readonly warnings: readonly string[];
  readonly dates: StatedDates | null;
};

export type Understood = { readonly facts: DocumentFacts; readonly sketch: TextSketch };

/** Formats in no language. */
const UNSPOKEN: ReadonlySet<string> = new Set(['code', 'csv', 'json', 'xlsx', 'ods', 'xml']);

/** What is known of a document without a model. */
export async function understandDocument(input: UnderstandInput): Promise<Understood> {
  const { text, title, name, type, bytes, firstLine, warnings, dates } = input;
  const { kind, because } = documentKind({ text, title, name, type });
  const language = input.language ?? (UNSPOKEN.has(type) ? null : await detectLanguage(text));
  return {
    facts: {
      language,
      kind,
      kindBecause: because,
      warnings: qualityWarnings({ text, type, bytes, firstLine, parserWarnings: warnings }),
      dates,
    },
    sketch: textSketch(text),
  };
}
