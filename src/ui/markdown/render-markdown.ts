import type { Token, Tokens } from 'marked';
import { type HighlightCode, plainCode } from './highlight-code.ts';
import { lexMarkdown } from './lex-markdown.ts';
import { renderInline } from './render-inline.ts';
import { renderTable } from './render-table.ts';
import { lineOf, type StyledLine, styled } from './styled-text.ts';
import { wrapLine } from './wrap-line.ts';

export type MarkdownOptions = {
  /** Columns, at least 10 are used. */
  readonly width: number;
  /** Without colour, signs of Markdown that nothing else would show are left in. */
  readonly hasColor: boolean;
  readonly highlight?: HighlightCode;
};

/** Lists and quotes within each other beyond this stand at the same depth. */
const MAX_DEPTH = 8;
const BULLETS = ['•', '◦', '▪'];

/** Markdown as lines of the screen, no wider than asked. Never throws, whatever the text. */
export const renderMarkdown = (text: string, options: MarkdownOptions): StyledLine[] =>
  renderBlocks(lexMarkdown(text), { ...options, width: Math.max(10, options.width) }, 0);

function renderBlocks(tokens: readonly Token[], options: MarkdownOptions, depth: number): StyledLine[] {
  const lines: StyledLine[] = [];
  let isTight = false;
  for (const token of tokens) {
    if (token.type === 'space' || token.type === 'def' || token.type === 'checkbox') continue;
    const block = renderBlock(token, options, depth);
    if (block.length === 0) continue;
    // In a list without blank lines, what is within an item follows its text at once.
    if (lines.length > 0 && !isTight) lines.push([]);
    lines.push(...block);
    isTight = token.type === 'text';
  }
  return lines;
}

function renderBlock(token: Token, options: MarkdownOptions, depth: number): StyledLine[] {
  const { width } = options;
  switch (token.type) {
    case 'heading': {
      const { depth: level, tokens } = token as Tokens.Heading;
      const sign = options.hasColor ? [] : lineOf(`${'#'.repeat(level)} `);
      const look = level <= 2 ? ({ bold: true, color: 'cyan' } as const) : ({ bold: true } as const);
      return renderInline(tokens, options, look).flatMap((line) => wrapLine([...sign, ...line], width));
    }
    case 'paragraph':
    case 'text':
      return renderInline('tokens' in token ? token.tokens : [token], options).flatMap((line) => wrapLine(line, width));
    case 'code': {
      const { text, lang } = token as Tokens.Code;
      const language = /^[\w+#.-]+/.exec(lang ?? '')?.[0].toLowerCase() ?? '';
      const highlight = options.hasColor ? (options.highlight ?? plainCode) : plainCode;
      return highlight(text, language).flatMap((line) => indentLines(wrapLine(line, width - 4), '    ', '    '));
    }
    case 'blockquote': {
      const bar = styled('│ ', { dim: true });
      return renderNested((token as Tokens.Blockquote).tokens, options, depth, 2).map((line) => [bar, ...line]);
    }
    case 'list':
      return renderList(token as Tokens.List, options, depth);
    case 'table':
      return renderTable(token as Tokens.Table, width, options);
    case 'hr':
      return [lineOf('─'.repeat(Math.min(width, 40)), { dim: true })];
    default:
      return token.raw
        .trimEnd()
        .split('\n')
        .flatMap((line) => wrapLine(lineOf(line), width));
  }
}

function renderNested(tokens: Token[], options: MarkdownOptions, depth: number, indent: number): StyledLine[] {
  const width = depth < MAX_DEPTH ? Math.max(10, options.width - indent) : options.width;
  if (depth > MAX_DEPTH * 2) return [lineOf('…')];
  return renderBlocks(tokens, { ...options, width }, depth + 1);
}

function renderList(list: Tokens.List, options: MarkdownOptions, depth: number): StyledLine[] {
  const first = typeof list.start === 'number' ? list.start : 1;
  const digits = String(first + list.items.length - 1).length;
  return list.items.flatMap((item, index) => {
    const box = item.task ? (item.checked ? '[x] ' : '[ ] ') : '';
    const sign = list.ordered ? `${String(first + index).padStart(digits)}. ` : `${BULLETS[depth % BULLETS.length]} `;
    const head = sign + box;
    const lines = renderNested(item.tokens, options, depth, head.length);
    const indented = depth < MAX_DEPTH ? indentLines(lines, head, ' '.repeat(head.length)) : lines;
    return list.loose && index > 0 ? [[], ...indented] : indented;
  });
}

const indentLines = (lines: readonly StyledLine[], first: string, rest: string): StyledLine[] =>
  lines.length === 0
    ? [lineOf(first.trimEnd())]
    : lines.map((line, index) =>
        line.length === 0 && index > 0 ? line : [...lineOf(index === 0 ? first : rest), ...line],
      );
