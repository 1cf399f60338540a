// Source: mdoc(7) of mandoc and of groff.
const ENCLOSE: Readonly<Record<string, readonly [string, string]>> = {
  Op: ['[', ']'],
  Dq: ['“', '”'],
  Sq: ['‘', '’'],
  Qq: ['"', '"'],
  Pq: ['(', ')'],
  Bq: ['[', ']'],
  Brq: ['{', '}'],
  Aq: ['<', '>'],
  Ql: ['‘', '’'],
};
const OPEN: Readonly<Record<string, string>> = {
  Oo: '[',
  Xo: '',
  Do: '“',
  So: '‘',
  Qo: '"',
  Po: '(',
  Bo: '[',
  Bro: '{',
  Ao: '<',
};
const CLOSE: Readonly<Record<string, string>> = {
  Oc: ']',
  Xc: '',
  Dc: '”',
  Sc: '’',
  Qc: '"',
  Pc: ')',
  Bc: ']',
  Brc: '}',
  Ac: '>',
};
const SYSTEMS: Readonly<Record<string, string>> = {
  Ux: 'UNIX',
  Bx: 'BSD',
  Nx: 'NetBSD',
  Ox: 'OpenBSD',
  Fx: 'FreeBSD',
  Dx: 'DragonFly BSD',
  Bsx: 'BSD/OS',
  At: 'AT&T UNIX',
};
const PLAIN = new Set(
  'Ar Pa Ic Cm Va Vt Ev Dv Er Em Sy Li No Tn Ms Ad Sx Fa Ft Cd An Mt Bf Ef Fd Hf St Lb Ud Bt'.split(' '),
);
const PUNCTUATION = /^(?:[.,;:?!)\]|]+|\|)$/;

/** The words of a line of mdoc macros. @param name of the page, which `Nm` stands for */
export function mdocWords(tokens: readonly string[], name: string): string {
  let out = '';
  let glue = true;
  const closers: string[] = [];
  const say = (word: string): void => {
    const tight = glue || out === '' || PUNCTUATION.test(word);
    out += tight ? word : ` ${word}`;
    glue = false;
  };
  const open = (mark: string): void => {
    if (mark !== '') say(mark);
    glue = mark !== '';
  };
  const close = (mark: string): void => {
    out += mark;
    if (mark !== '') glue = false;
  };
  let end = tokens.length;
  // Punctuation at the end stands outside of what the line encloses.
  while (end > 1 && PUNCTUATION.test(tokens[end - 1]!)) end--;
  let flags = false;
  let said = true;
  let macro = '';
  const finish = (): void => {
    if (said) return;
    if (macro === 'Fl') say('-');
    else if (macro === 'Nm') say(name);
    else if (macro === 'Ar') say('file ...');
    else if (SYSTEMS[macro]) say(SYSTEMS[macro]!);
    said = true;
  };
  for (let at = 0; at < end; at++) {
    const token = tokens[at]!;
    const isMacro = /^[A-Z][a-z]{0,2}$/.test(token);
    if (isMacro && isInlineMacro(token)) {
      const afterFlag = macro === 'Fl' && token === 'Fl' && !said;
      if (afterFlag) {
        say('-');
        glue = true;
        said = true;
      } else finish();
      flags = token === 'Fl';
      macro = token;
      said = !(token === 'Fl' || token === 'Nm' || token === 'Ar' || token in SYSTEMS);
      if (ENCLOSE[token]) {
        open(ENCLOSE[token]![0]);
        closers.push(ENCLOSE[token]![1]);
      } else if (token in OPEN) open(OPEN[token]!);
      else if (token in CLOSE) close(CLOSE[token]!);
      else if (token === 'Ns') glue = true;
      else if (token === 'Ap') {
        out += '’';
        glue = true;
      }
      continue;
    }
    if (PUNCTUATION.test(token)) {
      finish();
      say(token);
      continue;
    }
    if (macro === 'Xr') {
      const section = tokens[at + 1];
      const hasSection = section !== undefined && /^\d\w{0,4}$/.test(section) && at + 1 < end;
      say(hasSection ? `${token}(${section})` : token);
      if (hasSection) at++;
      macro = '';
    } else if (macro === 'Fn') {
      const args = tokens.slice(at + 1, end).filter((arg) => !PUNCTUATION.test(arg));
      say(`${token}(${args.join(', ')})`);
      at = end;
    } else if (macro === 'In') say(`<${token}>`);
    else if (macro === 'Lk') {
      const words = tokens.slice(at + 1, end).join(' ');
      say(words === '' ? token : `${words} (${token})`);
      at = end;
    } else if (macro === 'Pf') {
      say(token);
      glue = true;
      macro = '';
    } else if (macro === 'St' || macro === 'An') {
      if (!/^-(?:no)?split$/.test(token)) say(token.replace(/^-/, ''));
    } else if (macro === 'Bx' && !said) say(`${token}BSD`);
    else if (SYSTEMS[macro] && !said) say(`${SYSTEMS[macro]} ${token}`);
    else if (flags && token !== '') say(`-${token}`);
    else say(token);
    said = true;
  }
  finish();
  for (const mark of closers.reverse()) close(mark);
  for (const token of tokens.slice(end)) say(token);
  return out;
}

const isWord = (token: string): boolean =>
  PLAIN.has(token) || token in SYSTEMS || /^(?:Fl|Nm|Xr|Fn|In|Lk|Pf|Ns|Ap)$/.test(token);

export const isInlineMacro = (token: string): boolean =>
  isWord(token) || token in ENCLOSE || token in OPEN || token in CLOSE;
