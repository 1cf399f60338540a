import { withoutComment, withoutEscapes } from './without-escapes.ts';

/** A line of a page: a request or macro with its arguments, or text. */
export type RoffLine =
  | { readonly kind: 'macro'; readonly name: string; readonly args: readonly string[] }
  | { readonly kind: 'text'; readonly text: string /** Ends with `\c`. */; readonly goesOn: boolean };

/** Pages are far shorter; what is beyond is no text to read. */
const MAX_LINE_LENGTH = 20_000;
const MAX_STRINGS = 1_000;
const MAX_ARGUMENTS = 200;

/**
 * The lines of a page as a terminal shows it: comments, definitions and conditions for other devices are gone, escapes
 * are characters. A macro of the page's own is its arguments. Nothing is included. Linear.
 * Sources: groff(7), roff(7).
 */
export function* roffLines(source: string): Generator<RoffLine> {
  const strings = new Map<string, string>();
  const own = new Set<string>();
  const lines = source.split('\n');
  let at = 0;
  let lastCondition = false;

  while (at < lines.length) {
    let line = lines[at++]!.slice(0, MAX_LINE_LENGTH);
    // A backslash at the end joins the next line.
    for (let joined = 0; /(?<!\\)(?:\\\\)*\\$/.test(line.slice(-20)) && at < lines.length && joined < 50; joined++) {
      if (/\\\{\\$/.test(line)) break;
      line = `${line.slice(0, -1)}${lines[at++]!.slice(0, MAX_LINE_LENGTH)}`;
    }
    yield* readLine(line, 0);
  }

  function* readLine(line: string, depth: number): Generator<RoffLine> {
    if (line === '.' || line.startsWith('.\\"') || line.startsWith('\'\\"')) return;
    if (!/^[.'][ \t]*[^\s.']/.test(line)) {
      if (line === '..' || /^[.'][ \t]*$/.test(line)) return;
      yield textLine(line);
      return;
    }
    const control = withoutComment(line.slice(1)).trimStart();
    const name = /^(?:\\\}|[^\s\\]+)/.exec(control)?.[0] ?? '';
    const rest = control.slice(name.length);
    switch (name) {
      case '':
      case '\\}':
      case 'nr':
      case 'rm':
      case 'rr':
      case 'rn':
      case 'tr':
      case 'hy':
      case 'nh':
      case 'ad':
      case 'na':
        return;
      case 'if':
      case 'ie': {
        const { met, body } = condition(rest, strings);
        if (name === 'ie') lastCondition = met;
        yield* branch(met, body, depth);
        return;
      }
      case 'el':
        yield* branch(!lastCondition, rest.trimStart(), depth);
        return;
      case 'while':
        yield* branch(false, condition(rest, strings).body, depth);
        return;
      case 'de':
      case 'de1':
      case 'am':
      case 'dei':
      case 'ig': {
        const [macro = '', end] = rest.trim().split(/\s+/);
        if (name !== 'ig' && own.size < MAX_STRINGS) own.add(macro);
        skipTo(name === 'ig' ? (macro === '' ? '.' : macro) : (end ?? '.'));
        return;
      }
      case 'ds':
      case 'as': {
        const [, key, value] = /^\s*(\S+)(?:[ \t]+"?([^\n]*))?$/.exec(rest) ?? [];
        if (key && strings.size < MAX_STRINGS && (value ?? '').length < 500) strings.set(key, value ?? '');
        return;
      }
      default:
        if (own.has(name) && !/^[A-Z][A-Za-z]$/.test(name)) yield textLine(argumentsOf(rest).join(' '));
        else
          yield { kind: 'macro', name, args: argumentsOf(rest).map((argument) => withoutEscapes(argument, strings)) };
    }
  }

  function textLine(line: string): RoffLine {
    const text = withoutComment(line);
    return { kind: 'text', text: withoutEscapes(text, strings), goesOn: /\\c\s*$/.test(text) };
  }

  /** What stands behind a condition: the rest of the line, or lines up to the brace that closes. */
  function* branch(met: boolean, body: string, depth: number): Generator<RoffLine> {
    if (body.startsWith('\\{')) {
      if (!met) skipBraces(body);
      else if (depth < 20) {
        const first = body
          .slice(2)
          .replace(/^\\$/, '')
          .replace(/\\\}\s*$/, '');
        if (first.trim() !== '') yield* readLine(first.trimStart(), depth + 1);
      }
    } else if (met && body !== '' && depth < 20) yield* readLine(body, depth + 1);
  }

  function skipBraces(first: string): void {
    let open = braces(first);
    while (open > 0 && at < lines.length) open += braces(lines[at++]!.slice(0, MAX_LINE_LENGTH));
  }

  function skipTo(end: string): void {
    while (at < lines.length) {
      const line = lines[at++]!.slice(0, 200);
      if (/^[.']/.test(line) && line.slice(1).trim() === end) return;
    }
  }
}

const braces = (line: string): number => {
  let open = 0;
  for (let at = line.indexOf('\\'); at >= 0; at = line.indexOf('\\', at + 2)) {
    if (line[at + 1] === '{') open++;
    else if (line[at + 1] === '}') open--;
  }
  return open;
};

/** Whether a condition holds on a terminal (`n`), and what stands behind it. What cannot be told does not hold. */
function condition(rest: string, strings: ReadonlyMap<string, string>): { met: boolean; body: string } {
  const source = rest.trimStart();
  const negated = source.startsWith('!');
  const test = negated ? source.slice(1) : source;
  const letter = /^([ntoev])(?=[\s\\]|$)/.exec(test) ?? /^([nt])(?=[.'\s])/.exec(test);
  if (letter) return { met: (letter[1] === 'n' || letter[1] === 'o') !== negated, body: test.slice(1).trimStart() };
  const compared = /^'((?:[^'\\\n]|\\[^\n])*)'((?:[^'\\\n]|\\[^\n])*)'/.exec(test.slice(0, 500));
  if (compared) {
    const [left, right] = [compared[1]!, compared[2]!].map((part) => withoutEscapes(part, strings));
    return { met: (left === right) !== negated, body: test.slice(compared[0].length).trimStart() };
  }
  const expression = /^[^\s{]*?(?=\\\{|\s|$)/.exec(test.slice(0, 500))?.[0] ?? '';
  // Every formatter of today says of itself that it is groff.
  const met = /^\(?\\n(?:\(\.g|\[\.g\])\)?$/.test(expression);
  return { met: met !== negated && (met || !negated), body: test.slice(expression.length).trimStart() };
}

/** Arguments between spaces; `"one with spaces"`, in which `""` is a quotation mark. */
function argumentsOf(rest: string): string[] {
  const found: string[] = [];
  const argument = /[ \t]*(?:"((?:[^"]|"")*)(?:"|$)|((?:\\[^\n]|[^ \t\\\n])+|\\$))/y;
  for (let match = argument.exec(rest); match && found.length < MAX_ARGUMENTS; match = argument.exec(rest))
    found.push(match[1] !== undefined ? match[1].replaceAll('""', '"') : match[2]!);
  return found;
}
