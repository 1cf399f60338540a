import {
  closingBracket,
  endOfFormula,
  MAX_FORMULA_LENGTH,
  plainText,
  readArgument,
  skipOptional,
  skipSpace,
} from './arguments.ts';
import {
  ACCENTS,
  DROPPED_ARGUMENTS,
  ENVIRONMENT_ARGUMENTS,
  MATH,
  NAMED,
  SYMBOLS,
  TABLES,
  VERBATIM,
} from './commands.ts';
import { type LineKind, lineWriter } from './line-writer.ts';
import { type FieldPlace, type HeadingPlace, namesIn, type TexNames } from './names-in.ts';
import { sectionLevels } from './section-levels.ts';

export type TexText = TexNames & {
  /** As many lines as the source. */
  readonly text: string;
  /** Of lines that are more than running text; 0-based. */
  readonly kinds: ReadonlyMap<number, LineKind>;
};

/** What a closing brace ends. */
type Group = {
  readonly closes?: string;
  readonly hidden: boolean;
  readonly heading?: { readonly level: number; readonly start: number };
  readonly field?: { readonly name: 'author' | 'date'; readonly start: number };
};

const RUN = /[^\\{}%$~`'\-&\n]+/y;
const COMMAND = /\\(?:([a-zA-Z@]+\*?)[ \t]*|([^\n])|(?=\n|$))/y;
const ACCENTED = /[ \t]*(?:\{[ \t]*(?:\\([ij])|(\p{L}))[ \t]*\}|\\([ij])(?![a-zA-Z])[ \t]?|(\p{L}))/uy;
const DIMENSION = /[ \t]*=?[ \t]*-?[\d.]+[ \t]*(?:pt|em|ex|cm|mm|in|bp|sp|pc)(?![a-z])/y;
/**
 * LaTeX as what it says, line for line: commands give way to their words, accents and symbols to letters, formulas stay
 * as they are written, between dollar signs. No macro is expanded and nothing is included. Linear, without recursion;
 * never throws.
 */
export function readTex(source: string): TexText {
  const out = lineWriter();
  const headings: HeadingPlace[] = [];
  const fields: FieldPlace[] = [];
  const groups: Group[] = [];
  const environments: string[] = [];
  const lastEnds = new Map<string, number>();
  const levels = sectionLevels(source);
  const bodyStart = source.indexOf('\\begin{document}');
  let tables = 0;
  let at = 0;
  out.hidden = bodyStart >= 0;

  while (at < source.length) {
    const character = source[at]!;
    if (character === '\n') {
      out.newline();
      at++;
    } else if (character === '\\') command();
    else if (character === '{') {
      groups.push({ hidden: out.hidden });
      at++;
    } else if (character === '}') {
      closeGroup();
      at++;
    } else if (character === '%') {
      const newline = source.indexOf('\n', at);
      at = newline < 0 ? source.length : newline;
      if (out.atLineStart) out.mark('comment');
    } else if (character === '$') formula();
    else if (character === '~') {
      out.write(' ');
      at++;
    } else if (character === '&') {
      out.write(tables > 0 ? '|' : '&');
      at++;
    } else if (character === '`' || character === "'") quote(character);
    else if (character === '-') dash();
    else {
      RUN.lastIndex = at;
      const run = RUN.exec(source)![0];
      if (tables > 0 && out.atLineStart && run.trim() !== '') out.mark('table-row');
      out.write(run);
      at += run.length;
    }
  }
  while (groups.length > 0) closeGroup();
  const { text, kinds } = out.finish();
  return { text, kinds, ...namesIn(text, headings, fields) };

  function closeGroup(): void {
    const group = groups.pop();
    if (!group) return;
    if (group.closes) out.write(group.closes);
    // Two arguments of a command that nothing is known of.
    else if (source[at + 1] === '{') out.write(' ');
    if (group.field) fields.push({ ...group.field, end: out.length });
    if (group.heading) {
      headings.push({ ...group.heading, end: out.length });
      out.endJoin();
    }
    out.hidden = group.hidden;
  }

  function quote(mark: string): void {
    const doubled = source[at + 1] === mark;
    out.write(mark === '`' ? (doubled ? '“' : '‘') : doubled ? '”' : '’');
    at += doubled ? 2 : 1;
  }

  function dash(): void {
    const count = source.startsWith('---', at) ? 3 : source.startsWith('--', at) ? 2 : 1;
    if (tables > 0 && out.atLineStart) out.mark('table-row');
    out.write(count === 3 ? '—' : count === 2 ? '–' : '-');
    at += count;
  }

  function formula(): void {
    const mark = source.startsWith('$$', at) ? '$$' : '$';
    writeFormula(mark, at + mark.length, endOfFormula(source, mark, at + mark.length));
  }

  function writeFormula(mark: string, start: number, end: number, closeLength = mark.length): void {
    if (end < 0) {
      out.write(mark);
      at = start;
      return;
    }
    if (tables > 0 && out.atLineStart) out.mark('table-row');
    out.writeLines(`${mark}${source.slice(start, end).replace(/\\label\{[^{}]{0,200}\}/g, '')}${mark}`);
    at = end + closeLength;
  }

  function command(): void {
    COMMAND.lastIndex = at;
    const match = COMMAND.exec(source);
    if (!match) {
      at++;
      return;
    }
    const start = at;
    at += match[0].length;
    if (match[1]) namedCommand(match[1].replace(/\*$/, ''), start, start + 1 + match[1].length);
    else if (match[2]) symbol(match[2]);
  }

  function symbol(character: string): void {
    if (character === '(' || character === '[') {
      const close = character === '(' ? '\\)' : '\\]';
      const end = source.slice(at, at + MAX_FORMULA_LENGTH).indexOf(close);
      writeFormula(character === '(' ? '$' : '$$', at, end < 0 ? -1 : at + end, 2);
    } else if (ACCENTS.has(character)) accent(character);
    else if (/[&%$#_{}]/.test(character)) {
      if (tables > 0 && out.atLineStart) out.mark('table-row');
      out.write(character);
    } else if (/[ ,;:]/.test(character)) out.write(' ');
    else if (character === '\\') {
      if (source[at] === '*') at++;
      if (source[at] === '[') at = skipOptional(source, at);
      out.write(' ');
    }
  }

  function accent(name: string): void {
    ACCENTED.lastIndex = at;
    const match = ACCENTED.exec(source);
    if (!match) return;
    const letter = match[1] ?? match[2] ?? match[3] ?? match[4]!;
    out.write(`${letter}${ACCENTS.get(name)}`.normalize('NFC'));
    at += match[0].length;
  }

  function namedCommand(name: string, start: number, nameEnd: number): void {
    const level = levels.get(name);
    const known = SYMBOLS.get(name);
    if (name === 'begin' || name === 'end') environment(name);
    else if (name === 'title' || level !== undefined || name === 'frametitle')
      heading(name === 'title' ? 1 : (level ?? levels.size + 2), name === 'title');
    else if (name === 'author' || name === 'date') openGroup({ field: name, shown: true });
    else if (name === 'institute' || name === 'subtitle' || name === 'keywords') openGroup({ shown: true });
    else if (known !== undefined) {
      out.write(known);
      if (source.startsWith('{}', at)) at += 2;
    } else if (ACCENTS.has(name)) accent(name);
    else if (name === 'item' || name === 'bibitem') item(name);
    else if (name === 'footnote' || name === 'thanks' || name === 'footnotetext') {
      at = skipOptional(source, at);
      openGroup({ before: ' (', closes: ')' });
    } else if (/^(?:[a-z]*cite[a-z]*)$/i.test(name) && name !== 'nocite') cite();
    else if (/(?<!h|hyper)ref$/i.test(name) || name === 'url' || name === 'path' || name === 'includegraphics') {
      at = name === 'includegraphics' ? skipOptional(source, at) : at;
      writeArgument('', '');
    } else if (name === 'input' || name === 'include' || name === 'subfile') {
      const argument = readArgument(source, at);
      if (argument) at = argument.end;
      out.writeLines(source.slice(start, at));
    } else if (name === 'href') {
      const target = readArgument(source, at);
      if (target) skipTo(target.end);
      openGroup({ closes: target ? ` (${target.text.replace(/\s+/g, '').replaceAll('\\', '')})` : '' });
    } else if (name === 'verb' || name === 'lstinline') verb(nameEnd);
    else if (name === 'def' || name === 'gdef' || name === 'edef') definition();
    else if (DROPPED_ARGUMENTS.has(name)) dropArguments(DROPPED_ARGUMENTS.get(name)!);
    else if (/skip$|^(?:kern|hsize|vsize|parindent)$/.test(name)) {
      DIMENSION.lastIndex = at;
      at += DIMENSION.exec(source)?.[0].length ?? 0;
    } else unknown(nameEnd);
  }

  /** A command that nothing is known of: its words in braces stay, what it says in brackets does not. */
  function unknown(nameEnd: number): void {
    if (source[at] === '[') {
      const close = closingBracket(source, at);
      if (close > 0 && close - at < 300) skipTo(close);
    } else if (at > nameEnd && source[at] !== '{') out.write(' ');
  }

  function openGroup(options: {
    readonly before?: string;
    readonly closes?: string;
    readonly field?: 'author' | 'date';
    readonly shown?: boolean;
  }): void {
    const optional = skipOptional(source, at);
    const open = skipSpace(source, optional);
    if (source[open] !== '{') return;
    skipTo(open + 1);
    const { hidden } = out;
    if (options.shown) out.hidden = false;
    out.write(options.before ?? '');
    groups.push({
      hidden,
      ...(options.closes ? { closes: options.closes } : {}),
      ...(options.field ? { field: { name: options.field, start: out.length } } : {}),
    });
  }

  function heading(level: number, shown: boolean): void {
    const open = skipSpace(source, skipOptional(source, at));
    if (source[open] !== '{') return;
    skipTo(open + 1);
    const { hidden } = out;
    if (shown) out.hidden = false;
    const start = out.length;
    out.mark('heading');
    out.write(`${'#'.repeat(Math.min(level, 6))} `);
    out.joinLines();
    groups.push({ hidden, heading: { level, start } });
  }

  function item(name: string): void {
    out.mark('list-item');
    out.write('- ');
    const open = skipSpace(source, at);
    if (source[open] === '[') {
      const close = closingBracket(source, open);
      if (close > 0 && name === 'item') {
        // The label is text: its brackets give way to a colon.
        out.writeLines(`${plainText(source.slice(open + 1, close - 1))}: `);
        at = close;
      } else if (close > 0) at = close;
    }
    if (name === 'bibitem') writeArgument('[', '] ');
  }

  function cite(): void {
    const notes = skipOptional(source, at);
    if (notes > at) skipTo(notes);
    writeArgument('[', ']');
  }

  function writeArgument(before: string, after: string): void {
    const argument = readArgument(source, at);
    if (!argument) return;
    if (source.slice(at, argument.end).includes('\n')) out.writeLines(`${before}${argument.text}${after}`);
    else out.write(`${before}${argument.text}${after}`);
    at = argument.end;
  }

  function verb(nameEnd: number): void {
    const mark = source[nameEnd] ?? '';
    const end = /[\s\p{L}]/u.test(mark) || mark === '' ? -1 : source.slice(nameEnd + 1, nameEnd + 1_000).indexOf(mark);
    if (end < 0) return;
    out.writeLines(source.slice(nameEnd + 1, nameEnd + 1 + end));
    at = nameEnd + 1 + end + 1;
  }

  function definition(): void {
    const open = source.slice(at, at + 200).indexOf('{');
    const close = open < 0 ? -1 : closingBracket(source, at + open);
    if (close > 0) skipTo(close);
  }

  function dropArguments(count: number): void {
    for (let dropped = 0; dropped < count; dropped++) {
      const open = skipSpace(source, skipOptional(source, at));
      const macro = /^\\[a-zA-Z@]{1,60}/.exec(source.slice(open, open + 61));
      const close = source[open] === '{' ? closingBracket(source, open) : macro ? open + macro[0].length : -1;
      if (close < 0) return;
      skipTo(close);
    }
  }

  /** Moves on and keeps the line ends. */
  function skipTo(end: number): void {
    for (; at < end; at++) if (source.charCodeAt(at) === 10) out.newline();
  }

  function environment(which: 'begin' | 'end'): void {
    const argument = readArgument(source, at);
    if (!argument || argument.text.length > 60) return;
    const name = argument.text.trim();
    skipTo(argument.end);
    if (which === 'end') {
      if (environments.at(-1) === name) environments.pop();
      if (TABLES.has(name)) tables = Math.max(0, tables - 1);
      if (name === 'document') at = source.length;
      return;
    }
    if (name === 'document') {
      out.hidden = false;
      return;
    }
    const end = VERBATIM.has(name) || MATH.has(name) || name === 'comment' ? endOf(name) : -1;
    if (end >= 0) {
      const content = source.slice(at, end);
      if (name === 'comment') skipTo(end);
      else if (MATH.has(name)) {
        out.writeLines(`$$${content.replace(/\\label\{[^{}]{0,200}\}/g, '')}$$`, 'code');
      } else out.writeLines(content, 'code');
      at = end + `\\end{${name}}`.length;
      return;
    }
    environments.push(name);
    if (TABLES.has(name)) tables++;
    if (name === 'abstract') {
      headings.push({ level: Math.min(2, levels.size + 1), start: out.length, end: out.length + 11 });
      out.mark('heading');
      out.write('## Abstract');
    }
    const optional = skipOptional(source, at);
    const print = NAMED.get(name.replace(/\*$/, ''));
    if (print)
      out.write(`${print}${optional > at ? ` (${plainText(source.slice(at, optional).trim().slice(1, -1))})` : ''}. `);
    if (optional > at) skipTo(optional);
    const count = ENVIRONMENT_ARGUMENTS.get(name) ?? 0;
    if (count > 0) dropArguments(count);
    if (name === 'frame' && source[skipSpace(source, at)] === '{') heading(levels.size + 2, false);
  }

  /** Where an environment ends whose content is not TeX; -1 when it does not. */
  function endOf(name: string): number {
    const mark = `\\end{${name}}`;
    const last = lastEnds.get(name) ?? source.lastIndexOf(mark);
    lastEnds.set(name, last);
    return last < at ? -1 : source.indexOf(mark, at);
  }
}
