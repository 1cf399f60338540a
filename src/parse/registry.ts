import { markdownParser } from './markdown.ts';
import { plainTextParser } from './plain-text.ts';
import type { Parser } from './types.ts';

/** Every format that can be read. The first parser that claims an extension or a media type has it. */
export const parsers: readonly Parser[] = [markdownParser, plainTextParser];
