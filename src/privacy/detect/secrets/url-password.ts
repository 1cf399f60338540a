import type { Detector, Finding } from '../../types.ts';
import { isPlaceholder } from './is-placeholder.ts';

const SCHEME = /:\/\//g;
const REST = /[^\s:@/'"<>]{0,200}:([^\s@/'"<>]{1,200})@[\p{L}\p{N}[]/uy;

/** Passwords in addresses: postgres://user:password@host. */
export const urlPassword: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const { index } of text.matchAll(SCHEME)) {
      REST.lastIndex = index + 3;
      const rest = REST.exec(text);
      const value = rest?.[1];
      if (!rest || !value || isPlaceholder(value)) continue;
      const end = REST.lastIndex - 2;
      yield {
        kind: 'secret',
        rule: 'url-password',
        span: { start: end - value.length, end },
        value,
        confidence: 1,
      };
    }
  },
};
