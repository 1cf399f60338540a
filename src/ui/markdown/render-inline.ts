import type { Token, Tokens } from 'marked';
import { decodeEntities } from './decode-entities.ts';
import { type Look, type StyledLine, type StyledText, styled } from './styled-text.ts';

/** Emphasis within emphasis beyond this is shown as it stands. */
const MAX_DEPTH = 12;

/** Marks that tell of a failed check, and markers of passages. */
const MARKS =
  /(\[(?:not in the sources|unsupported|partly supported|contradicted)[^\]\n]{0,200}\])|(\[\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\])/g;

export type InlineOptions = { readonly hasColor: boolean };

/** Inline Markdown as lines that are still to be wrapped: a line end in the source is one on the screen. */
export function renderInline(
  tokens: readonly Token[] | undefined,
  options: InlineOptions,
  look: Look = {},
): StyledLine[] {
  const lines: StyledText[][] = [[]];
  const add = (text: string, own: Look): void => {
    text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== '') lines.at(-1)!.push(styled(part, own));
    });
  };
  const addText = (text: string, own: Look): void => {
    let end = 0;
    for (const match of text.matchAll(MARKS)) {
      add(text.slice(end, match.index), own);
      add(match[0], match[1] ? { ...own, color: 'red' } : { ...own, color: 'cyan' });
      end = match.index + match[0].length;
    }
    add(text.slice(end), own);
  };
  const walk = (list: readonly Token[], own: Look, depth: number): void => {
    for (const token of list) {
      const within = 'tokens' in token && depth < MAX_DEPTH ? (token.tokens as Token[] | undefined) : undefined;
      const inner = (next: Look): void => (within ? walk(within, next, depth + 1) : addText(textOf(token), next));
      switch (token.type) {
        case 'strong':
          inner({ ...own, bold: true });
          break;
        case 'em':
          inner({ ...own, italic: true });
          break;
        case 'del':
          inner({ ...own, strike: true });
          break;
        case 'codespan':
          add(options.hasColor ? (token as Tokens.Codespan).text : token.raw, { ...own, color: 'magenta' });
          break;
        case 'link':
          inner({ ...own, underline: true });
          addTarget(token as Tokens.Link, own);
          break;
        case 'image':
          // Nothing is fetched for a picture that an answer names.
          add(`[image${textOf(token) === '' ? '' : `: ${textOf(token)}`}]`, own);
          addTarget(token as Tokens.Image, own);
          break;
        case 'br':
          add('\n', own);
          break;
        case 'html':
          add(/^<br\s*\/?>$/i.test(token.raw) ? '\n' : token.raw, own);
          break;
        case 'escape':
          add(textOf(token), own);
          break;
        default:
          inner(own);
      }
    }
  };
  const addTarget = ({ href, text }: { readonly href: string; readonly text: string }, own: Look): void => {
    if (href !== '' && href !== text && href !== `mailto:${text}`) add(` (${href})`, { ...own, dim: true });
  };
  walk(tokens ?? [], look, 0);
  return lines;
}

function textOf(token: Token): string {
  const text = 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
  return decodeEntities(text);
}
