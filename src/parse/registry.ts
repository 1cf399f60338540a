import { asciidocParser } from './asciidoc.ts';
import { csvParser } from './csv.ts';
import { docxParser } from './docx.ts';
import { emlParser } from './eml.ts';
import { epubParser } from './epub.ts';
import { fb2Parser } from './fb2.ts';
import { htmlParser } from './html.ts';
import { icsParser } from './ics.ts';
import { imageParser } from './image.ts';
import { jsonParser } from './json.ts';
import { manParser } from './man.ts';
import { markdownParser } from './markdown.ts';
import { mhtmlParser } from './mhtml.ts';
import { notebookParser } from './notebook.ts';
import { odfParsers } from './odf.ts';
import { legacyOfficeParsers } from './ole.ts';
import { opmlParser } from './opml.ts';
import { orgParser } from './org.ts';
import { pdfParser } from './pdf.ts';
import { plainTextParser } from './plain-text.ts';
import { pptxParser } from './pptx.ts';
import { rstParser } from './rst.ts';
import { rtfParser } from './rtf.ts';
import { sourceCodeParser } from './source-code.ts';
import { subtitlesParser } from './subtitles.ts';
import { texParser } from './tex.ts';
import type { Parser } from './types.ts';
import { vcfParser } from './vcf.ts';
import { xlsxParser } from './xlsx.ts';

/** Every format that can be read. The first parser that claims an extension or a media type has it. */
export const parsers: readonly Parser[] = [
  markdownParser,
  plainTextParser,
  pdfParser,
  docxParser,
  pptxParser,
  xlsxParser,
  ...odfParsers,
  epubParser,
  rtfParser,
  emlParser,
  fb2Parser,
  htmlParser,
  mhtmlParser,
  imageParser,
  csvParser,
  jsonParser,
  notebookParser,
  rstParser,
  asciidocParser,
  orgParser,
  texParser,
  manParser,
  opmlParser,
  icsParser,
  vcfParser,
  subtitlesParser,
  sourceCodeParser,
  ...legacyOfficeParsers,
];
