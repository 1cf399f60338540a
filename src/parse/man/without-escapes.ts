import { character, specialCharacter } from './special-characters.ts';

const NAME = String.raw`(?:\[[^\]\n]{0,100}\]|\([^\n]{2}|[^\n])`;
const ESCAPE = new RegExp(
  [
    String.raw`\\(?:`,
    `[fFmMgkVY](?<dropped>${NAME})`,
    String.raw`|s(?<size>[-+]?\d{1,2}|[-+]?\[[^\]\n]{0,20}\]|[-+]?\([^\n]{2}|[-+]?'[^'\n]{0,20}')`,
    String.raw`|\*(?<string>${NAME})`,
    `|n[-+]?(?<register>${NAME})`,
    String.raw`|\((?<two>[^\n]{2})`,
    String.raw`|\[(?<long>[^\]\n]{1,100})\]`,
    String.raw`|N'(?<number>\d{1,7})'`,
    String.raw`|[oZ]'(?<over>[^'\n]{0,100})'`,
    String.raw`|[hvwlLDxbXRSAB]'(?<motion>[^'\n]{0,200})'`,
    String.raw`|(?<one>[^\n])`,
    ')',
  ].join(''),
  'g',
);

/** Strings that man pages use without defining them. */
const KNOWN_STRINGS: Readonly<Record<string, string>> = {
  R: '®',
  Tm: '™',
  lq: '“',
  rq: '”',
  'C+': 'C++',
  '--': '—',
  PI: 'π',
  S: '',
  HF: '',
  Aq: "'",
  Lt: '<',
  Gt: '>',
  Le: '≤',
  Ge: '≥',
  Ne: '≠',
  Pm: '±',
  Ba: '|',
  Am: '&',
  Lq: '“',
  Rq: '”',
  q: '"',
};

/**
 * A line of roff without its escapes: fonts, sizes and motions are gone, characters stand for themselves.
 *
 * @param strings of the page (`.ds name value`), by name; their values hold escapes themselves and are taken one deep
 */
export function withoutEscapes(line: string, strings: ReadonlyMap<string, string>): string {
  return line.includes('\\') ? replaceEscapes(line, strings, 0) : line;
}

function replaceEscapes(line: string, strings: ReadonlyMap<string, string>, depth: number): string {
  return line.replace(ESCAPE, (...matched) => {
    const groups = matched.at(-1) as Record<string, string | undefined>;
    if (groups.string !== undefined) {
      const name = bare(groups.string);
      const value = strings.get(name) ?? KNOWN_STRINGS[name] ?? '';
      return depth < 3 && value.length < 500 ? replaceEscapes(value, strings, depth + 1) : '';
    }
    if (groups.two !== undefined) return specialCharacter(groups.two);
    if (groups.long !== undefined) return specialCharacter(groups.long);
    if (groups.number !== undefined) return character(Number(groups.number));
    if (groups.over !== undefined) return groups.over.slice(0, 1);
    return groups.one === undefined ? '' : ofOneCharacter(groups.one);
  });
}

const bare = (name: string): string =>
  name.startsWith('[') ? name.slice(1, -1) : name.startsWith('(') ? name.slice(1) : name;

function ofOneCharacter(name: string): string {
  switch (name) {
    case 'e':
    case 'E':
    case '\\':
      return '\\';
    case '-':
    case '.':
      return name;
    case "'":
      return '´';
    case '`':
      return '`';
    case '_':
      return '_';
    case ' ':
    case '~':
    case '0':
    case 't':
      return ' ';
    default:
      // Zero-width marks and breaks; a letter that means nothing stands for itself.
      return /[a-zA-Z&%:/,^|!?)}{#"@p]/.test(name) ? '' : name;
  }
}

/** The line before its comment (`\"` or `\#`). */
export function withoutComment(line: string): string {
  if (!line.includes('\\"') && !line.includes('\\#')) return line;
  for (let at = line.indexOf('\\'); at >= 0; at = line.indexOf('\\', at + 2))
    if (line[at + 1] === '"' || line[at + 1] === '#') return line.slice(0, at);
  return line;
}
