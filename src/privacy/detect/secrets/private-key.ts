import type { Detector, Finding } from '../../types.ts';

const BEGIN = /-----BEGIN ([A-Z0-9 ]{0,40})PRIVATE KEY( BLOCK)?-----/g;
/** The longest keys that people keep as text have some thirteen thousand characters. */
const MAX_LENGTH = 20_000;

/** Private keys in armour (RFC 7468), from the first line to the last; without a last line, to the end of the armour. */
export const privateKey: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const match of text.matchAll(BEGIN)) {
      const [begin, what, block = ''] = match;
      const start = match.index;
      const body = text.slice(start, start + MAX_LENGTH);
      const last = `-----END ${what}PRIVATE KEY${block}-----`;
      const closed = body.indexOf(last);
      const end = closed >= 0 ? closed + last.length : begin.length + armourLength(body.slice(begin.length));
      const span = { start, end: start + end };
      yield {
        kind: 'secret',
        rule: 'private-key',
        span,
        value: text.slice(start, start + end).replace(/\s+/g, ''),
        confidence: 0.99,
      };
    }
  },
};

/** Lines of base64 that follow, also where line ends are written as \n. */
const armourLength = (text: string): number =>
  /^(?:(?:\s|\\n|\\r){1,4}[A-Za-z0-9+/=]{1,100}){0,400}/.exec(text)?.[0].length ?? 0;
