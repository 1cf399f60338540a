/**
 * A condition over the results of steps: `sync.changed > 0 and not failed(eval)`. Values are numbers, texts in quotes, true,
 * false, and `step.field`; comparisons are == != < <= > >=; `and`, `or`, `not`, `&&`, `||`, `!` and brackets join them.
 * `failed(x)`, `done(x)` and `skipped(x)` ask how a step ended, `failed()` whether any before did; `success` is true when
 * all that the step needs went well, `always` is true.
 */
export type Condition =
  | { readonly type: 'constant'; readonly value: number | string | boolean }
  | { readonly type: 'field'; readonly step: string; readonly field: string }
  | { readonly type: 'success' }
  | { readonly type: 'state'; readonly is: 'done' | 'failed' | 'skipped'; readonly step: string | null }
  | { readonly type: 'not'; readonly of: Condition }
  | { readonly type: 'both' | 'either'; readonly left: Condition; readonly right: Condition }
  | { readonly type: 'compare'; readonly operator: Operator; readonly left: Condition; readonly right: Condition };

export type Operator = '==' | '!=' | '<' | '<=' | '>' | '>=';

const MAX_LENGTH = 500;
const MAX_DEPTH = 20;

const TOKEN =
  /\s*(?:(?<number>-?(?:\d+(?:\.\d+)?|\.\d+))|(?<text>"[^"]*"|'[^']*')|(?<operator>==|!=|<=|>=|<|>)|(?<sign>&&|\|\||!|\(|\))|(?<word>[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w@-]*)*))/y;

type Token = { readonly kind: 'number' | 'text' | 'operator' | 'sign' | 'word'; readonly text: string };

const SYNONYMS: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not' };
const STATES = ['done', 'failed', 'skipped'] as const;

/** Throws an Error that says what is wrong, in a clause that goes behind the name of the condition. */
export function parseCondition(source: string): Condition {
  if (source.length > MAX_LENGTH) throw new Error(`is longer than ${MAX_LENGTH} characters`);
  const tokens = tokensOf(source);
  let at = 0;
  const peek = (): string | undefined => {
    const token = tokens[at];
    return token && token.kind !== 'text' ? (SYNONYMS[token.text] ?? token.text) : undefined;
  };
  const accept = (text: string): boolean => peek() === text && ++at > 0;
  const expectSign = (text: string): void => {
    if (!accept(text)) throw new Error(`needs "${text}" ${tokens[at] ? `before "${tokens[at]?.text}"` : 'at its end'}`);
  };

  const either = (depth: number): Condition => {
    let left = both(depth);
    while (accept('or')) left = { type: 'either', left, right: both(depth) };
    return left;
  };
  const both = (depth: number): Condition => {
    let left = comparison(depth);
    while (accept('and')) left = { type: 'both', left, right: comparison(depth) };
    return left;
  };
  const comparison = (depth: number): Condition => {
    if (depth > MAX_DEPTH) throw new Error(`is nested more than ${MAX_DEPTH} deep`);
    if (accept('not')) return { type: 'not', of: comparison(depth + 1) };
    const left = value(depth);
    if (tokens[at]?.kind !== 'operator') return left;
    const operator = tokens[at++]?.text as Operator;
    const right = value(depth);
    if (tokens[at]?.kind === 'operator')
      throw new Error('compares three values at once; join two comparisons by "and"');
    return { type: 'compare', operator, left, right };
  };
  const value = (depth: number): Condition => {
    const token = tokens[at];
    if (!token) throw new Error('ends where a value should stand');
    if (accept('(')) {
      const inner = either(depth + 1);
      expectSign(')');
      return inner;
    }
    at++;
    if (token.kind === 'number') return { type: 'constant', value: Number(token.text) };
    if (token.kind === 'text') return { type: 'constant', value: token.text.slice(1, -1) };
    if (token.kind !== 'word' || ['and', 'or', 'not'].includes(token.text))
      throw new Error(`has "${token.text}" where a value should stand`);
    return word(token.text);
  };
  const word = (text: string): Condition => {
    if (text === 'true' || text === 'false') return { type: 'constant', value: text === 'true' };
    if (accept('(')) {
      const name = tokens[at]?.kind === 'word' ? (tokens[at++]?.text ?? null) : null;
      expectSign(')');
      const is = STATES.find((state) => state === text);
      if (is) return { type: 'state', is, step: name };
      if (name === null && (text === 'always' || text === 'success')) return word(text);
      throw new Error(
        `asks for ${text}(${name ?? ''}); there are done(x), failed(x), skipped(x), success() and always()`,
      );
    }
    if (text === 'always') return { type: 'constant', value: true };
    if (text === 'success') return { type: 'success' };
    const dot = text.indexOf('.');
    if (dot === -1) throw new Error(`names "${text}" alone; say which result is meant, such as ${text}.changed`);
    return { type: 'field', step: text.slice(0, dot), field: text.slice(dot + 1) };
  };

  const condition = either(0);
  if (at < tokens.length) throw new Error(`has "${tokens[at]?.text}" where it should end, or "and" or "or" stand`);
  return condition;
}

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    const found = Object.entries(groups ?? {}).find(([, text]) => text !== undefined);
    if (!found) throw new Error(`cannot be read from "${source.slice(from).trim().slice(0, 20)}" on`);
    tokens.push({ kind: found[0] as Token['kind'], text: found[1] as string });
  }
  if (tokens.length === 0) throw new Error('is empty');
  return tokens;
}

/** Steps and fields that it names. */
export function namesIn(condition: Condition): { readonly step: string; readonly field: string | null }[] {
  switch (condition.type) {
    case 'field':
      return [{ step: condition.step, field: condition.field }];
    case 'state':
      return condition.step === null ? [] : [{ step: condition.step, field: null }];
    case 'not':
      return namesIn(condition.of);
    case 'both':
    case 'either':
    case 'compare':
      return [...namesIn(condition.left), ...namesIn(condition.right)];
    default:
      return [];
  }
}
