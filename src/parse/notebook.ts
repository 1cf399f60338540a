import { RagError } from '../platform/errors.ts';
import { readText } from './decode.ts';
import { markdownStructure } from './markdown-structure.ts';
import { normalizeText } from './normalize-text.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Parser } from './types.ts';

/** Tables and logs that cells print; past this an output is data, not something to read. */
const MAX_OUTPUT_LENGTH = 20_000;
/** Base64 and other long words without a space are no text. */
const LONG_WORD = /[A-Za-z0-9+/=_-]{300,}/g;

/**
 * Jupyter notebooks (nbformat 3 and 4) as Markdown: text cells as they stand, code cells and their textual outputs
 * fenced. Images, widgets and HTML outputs are left out. Throws PARSE_FAILED for what is no notebook or has no cells.
 */
export const notebookParser: Parser = {
  type: 'ipynb',
  mediaTypes: ['application/x-ipynb+json'],
  extensions: ['ipynb'],
  async parse({ bytes, charset }) {
    const decoded = readText(bytes, { charset });
    const notebook = parseNotebook(decoded.text);
    const parts = notebook.cells
      .flatMap((cell) => cellParts(cell, notebook.language))
      .filter((part) => part.trim() !== '');
    const text = normalizeText(parts.join('\n\n'));
    if (!/[\p{L}\p{N}]/u.test(withoutImages(text))) {
      throw new RagError('PARSE_NO_TEXT', {
        message: 'A notebook without text: its cells are empty, raw or images only.',
      });
    }
    const structure = markdownStructure(text);
    return parsedDocument({
      text,
      type: 'ipynb',
      mediaType: 'application/x-ipynb+json',
      title: structure.title,
      metadata: notebook.language ? { programmingLanguage: notebook.language } : {},
      sections: structure.sections,
      blocks: structure.blocks,
      warnings: decoded.warnings,
    });
  },
};

function parseNotebook(text: string): { cells: readonly unknown[]; language: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const conflict = /^(?:<{7}|={7}|>{7})( |$)/m.test(text);
    throw new RagError('PARSE_FAILED', {
      message: `Not a notebook: not valid JSON${conflict ? ' (it holds merge-conflict markers)' : ''}.`,
      hint: conflict ? 'Resolve the conflict, then add it again.' : 'Save it again from Jupyter.',
      cause: error,
    });
  }
  const notebook = record(value);
  const worksheets = Array.isArray(notebook.worksheets) ? notebook.worksheets : [];
  const cells = Array.isArray(notebook.cells)
    ? notebook.cells
    : worksheets.flatMap((sheet) => {
        const inner = record(sheet).cells;
        return Array.isArray(inner) ? inner : [];
      });
  if (cells.length === 0) {
    throw new RagError('PARSE_FAILED', { message: 'Not a notebook, or one without cells.' });
  }
  const metadata = record(notebook.metadata);
  const language = record(metadata.language_info).name ?? record(metadata.kernelspec).language;
  return { cells, language: typeof language === 'string' && /^[\w+#.-]{1,30}$/.test(language) ? language : '' };
}

function cellParts(value: unknown, notebookLanguage: string): string[] {
  const cell = record(value);
  const source = joined(cell.source ?? cell.input).replace(/\s+$/, '');
  switch (cell.cell_type) {
    case 'code': {
      const language =
        typeof cell.language === 'string' && /^[\w+#.-]{1,30}$/.test(cell.language) ? cell.language : notebookLanguage;
      const outputs = Array.isArray(cell.outputs) ? cell.outputs.map(outputText) : [];
      const printed = outputs
        .filter((text) => text.trim() !== '')
        .join('\n')
        .slice(0, MAX_OUTPUT_LENGTH);
      return [source.trim() === '' ? '' : fenced(source, language), printed === '' ? '' : fenced(printed, 'text')];
    }
    case 'heading':
      return [`${'#'.repeat(Math.min(Math.max(Number(cell.level) || 1, 1), 6))} ${source.replace(/\n/g, ' ')}`];
    case 'markdown':
      return [closedFence(withoutData(source))];
    default:
      // Raw cells are meant for one converter (LaTeX, reStructuredText) and no reader shows them.
      return [];
  }
}

function outputText(value: unknown): string {
  const output = record(value);
  const kind = output.output_type;
  if (kind === 'stream') return clean(joined(output.text));
  if (kind === 'error' || kind === 'pyerr')
    return clean(`${String(output.ename ?? '')}: ${String(output.evalue ?? '')}`);
  const data = record(output.data);
  const text = data['text/markdown'] ?? data['text/plain'] ?? data['text/latex'] ?? output.text;
  return clean(joined(text));
}

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** nbformat writes multi-line text as a string or as a list of lines that keep their line ends. */
function joined(value: unknown): string {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').join('') : '';
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string, language: string): string {
  const longest = (text.match(/`{3,}/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A fence that a cell leaves open would swallow the cells after it. */
function closedFence(markdown: string): string {
  const fences = markdown.match(/^ {0,3}(?:`{3,}|~{3,})/gm) ?? [];
  return fences.length % 2 === 1 ? `${markdown}\n${fences.at(-1)!.trim()}` : markdown;
}

const withoutData = (text: string): string => text.replace(LONG_WORD, '').replace(/\bdata:[\w/+.-]{1,60};base64,/g, '');

const withoutImages = (text: string): string =>
  text.replace(/!\[[^\]]{0,300}\]\([^)]{0,1000}\)/g, '').replace(/<[^<>]{0,1000}>/g, '');

/** Without terminal colours and data. */
const clean = (text: string): string => withoutData(text.replace(/\u001b\[[0-9;]{0,20}m/g, ''));
