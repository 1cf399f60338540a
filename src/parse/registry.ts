import { csvParser } from './csv.ts';
import { docxParser } from './docx.ts';
import { htmlParser } from './html.ts';
import { jsonParser } from './json.ts';
import { markdownParser } from './markdown.ts';
import { notebookParser } from './notebook.ts';
import { pdfParser } from './pdf.ts';
import { plainTextParser } from './plain-text.ts';
import { rstParser } from './rst.ts';
import { sourceCodeParser } from './source-code.ts';
import type { Parser } from './types.ts';

/** Every format that can be read. The first parser that claims an extension or a media type has it. */
export const parsers: readonly Parser[] = [
  markdownParser,
  plainTextParser,
  pdfParser,
  docxParser,
  htmlParser,
  csvParser,
  jsonParser,
  notebookParser,
  rstParser,
  sourceCodeParser,
];
