import type { Detector, Finding } from '../../types.ts';

const PATTERN = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{2,8000}\.[A-Za-z0-9_-]{0,2000}/g;

/** JSON web tokens: the first part decodes to a header that names its algorithm (RFC 7519). */
export const jsonWebToken: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const { 0: value, index } of text.matchAll(PATTERN)) {
      if (!isHeader(value.slice(0, value.indexOf('.')))) continue;
      yield { kind: 'secret', rule: 'jwt', span: { start: index, end: index + value.length }, value, confidence: 0.99 };
    }
  },
};

function isHeader(part: string): boolean {
  try {
    const header: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof header === 'object' && header !== null && ('alg' in header || 'typ' in header || 'enc' in header);
  } catch {
    // What is no JSON is no header.
    return false;
  }
}
