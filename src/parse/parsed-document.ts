import type { ParsedDocument } from './types.ts';

type Required = Pick<ParsedDocument, 'text' | 'type' | 'mediaType'>;

/** A ParsedDocument with what the parser knows; everything else is absent. */
export const parsedDocument = (known: Required & Partial<ParsedDocument>): ParsedDocument => ({
  title: null,
  firstLine: null,
  language: null,
  modifiedAt: null,
  tags: [],
  metadata: {},
  sections: [],
  blocks: [],
  warnings: [],
  ...known,
});
