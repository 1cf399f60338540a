import { refusalOfOle } from './office/ole.ts';
import type { Parser } from './types.ts';

const refusing = (type: string, mediaType: string, extensions: readonly string[]): Parser => ({
  type,
  mediaTypes: [mediaType],
  extensions,
  parse: ({ bytes }) => Promise.reject(refusalOfOle(bytes)),
});

/** The binary formats of old Office: each is refused with its name and the way to convert it. */
export const legacyOfficeParsers: readonly Parser[] = [
  refusing('doc', 'application/msword', ['doc', 'dot']),
  refusing('xls', 'application/vnd.ms-excel', ['xls', 'xlt']),
  refusing('ppt', 'application/vnd.ms-powerpoint', ['ppt', 'pps', 'pot']),
  refusing('msg', 'application/vnd.ms-outlook', ['msg']),
  refusing('ole', 'application/x-ole-storage', []),
];
