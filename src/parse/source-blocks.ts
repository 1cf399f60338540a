import type { Section } from '../domain/document.ts';
import { type TextLine, textLines } from './text-lines.ts';
import type { Block } from './types.ts';

/** Longer definitions (classes, namespaces, modules) are split into their members. About 600 tokens. */
const MAX_UNIT_LENGTH = 2_000;
/** namespace > class > class > method; deeper ones stay whole and are cut by size later. */
const MAX_DEPTH = 4;

type Unit = { from: number; to: number; body: boolean };

/**
 * Source code as blocks, from the indentation alone, so that it holds for every language that people indent: a line
 * with deeper lines below it is a 'function' block together with the comments and decorators directly above it; the
 * rest (imports, constants) are 'code' blocks between blank lines. Sections name definitions that were split.
 * Linear in the text for each level of nesting, at most four levels.
 */
export function sourceBlocks(text: string): { blocks: Block[]; sections: Section[] } {
  const lines = textLines(text);
  const blocks: Block[] = [];
  const sections: Section[] = [];
  const span = (from: number, to: number) => ({ start: lines[from]!.start, end: lines[to - 1]!.end });

  const visit = (from: number, to: number, depth: number): void => {
    for (const unit of unitsOf(text, lines, from, to)) {
      const whole = span(unit.from, unit.to);
      const definition = unit.body ? firstOfBody(lines, unit) : -1;
      const inner = definition < 0 ? -1 : bodyStart(lines, definition, unit.to);
      if (depth < MAX_DEPTH && whole.end - whole.start > MAX_UNIT_LENGTH && inner > unit.from && inner < unit.to) {
        const title = definitionTitle(text.slice(lines[definition]!.first, lines[definition]!.end));
        if (title) sections.push({ kind: 'heading', title, level: depth + 1, span: whole });
        blocks.push({ kind: 'code', span: span(unit.from, inner) });
        visit(inner, unit.to, depth + 1);
      } else blocks.push({ kind: unit.body ? 'function' : 'code', span: whole });
    }
  };
  visit(0, lines.length, 0);
  return { blocks, sections };
}

/** Statements at the least indent of the range, each with what hangs below it; plain ones joined up to a blank line. */
function* unitsOf(text: string, lines: readonly TextLine[], from: number, to: number): Generator<Unit> {
  let base = Number.POSITIVE_INFINITY;
  for (let at = from; at < to; at++) {
    const line = lines[at]!;
    if (!line.blank && !continues(text, line)) base = Math.min(base, line.indent);
  }
  let open: Unit | null = null;
  for (let at = from; at < to; at++) {
    const line = lines[at]!;
    if (line.blank) continue;
    const above = at > from && lines[at - 1]!.blank;
    if (open && (line.indent > base || continues(text, line))) {
      // Below a blank line, deeper text still belongs to the statement above.
      if (line.indent > base && isTail(text, lines[open.to - 1]!)) open.body = true;
      if (line.indent > base && !open.body) {
        const head = open.to - 1;
        const attached: number = attachedFrom(text, lines, open.from, head);
        if (attached > open.from) {
          yield { from: open.from, to: attached, body: false };
          open = { from: attached, to: at + 1, body: true };
          continue;
        }
        open.body = true;
      }
      open.to = at + 1;
      continue;
    }
    if (open && !above && !open.body) {
      open.to = at + 1;
      continue;
    }
    if (open) yield open;
    open = { from: at, to: at + 1, body: false };
  }
  if (open) yield open;
}

/** First line of the comments and decorators that stand directly above `head`; the lines before it are on their own. */
function attachedFrom(text: string, lines: readonly TextLine[], from: number, head: number): number {
  let at = head;
  while (at > from && isAttachment(text, lines[at - 1]!)) at--;
  return at;
}

const isAttachment = (text: string, line: TextLine): boolean =>
  /^(?:\/\/|\/\*|\*|#|--|;|%|@|\[|"""|'''|template\b|pub\b|export\b)/.test(text.slice(line.first, line.first + 12));

/** Closing brackets, opening braces on their own line, `else`, `end` ... carry the statement above on. */
const continues = (text: string, line: TextLine): boolean =>
  /^(?:[{})\]]|(?:end|else|elif|elsif|catch|except|finally|rescue|ensure|fi|done|esac|then|do)\b|#\s*(?:if|ifdef|ifndef|else|elif|endif)\b)/.test(
    text.slice(line.first, line.first + 16),
  );

const isTail = (text: string, line: TextLine): boolean => /^[{]/.test(text.slice(line.first, line.first + 1));

/** The line of the unit that its body hangs from: the last one before the indent grows. */
function firstOfBody(lines: readonly TextLine[], unit: Unit): number {
  const base = lines[unit.from]!.indent;
  let last = unit.from;
  for (let at = unit.from + 1; at < unit.to; at++) {
    const line = lines[at]!;
    if (line.blank) continue;
    if (line.indent > base) return last;
    last = at;
  }
  return -1;
}

function bodyStart(lines: readonly TextLine[], definition: number, to: number): number {
  const base = lines[definition]!.indent;
  for (let at = definition + 1; at < to; at++) if (!lines[at]!.blank && lines[at]!.indent > base) return at;
  return -1;
}

/** `class Foo`, `impl Bar`, `namespace x` ... from the line that begins a definition; null when it names none. */
function definitionTitle(line: string): string | null {
  const match =
    /\b(class|interface|struct|enum|trait|impl|namespace|module|object|record|protocol|extension|describe|def|func|function|fn|type|package)\b\s*\(?['"]?([\w$.:<>, -]{1,80})/.exec(
      line.slice(0, 300),
    );
  return match ? `${match[1]} ${match[2]!.trim()}` : null;
}
