import { loaderList } from './loader-settings.ts';
import { byteCount, duration, integer, requiredText, toggle } from './setting.ts';

/** Names of Tesseract's data, which become part of a file name. */
function ocrLanguages(text: string): string {
  if (/^[A-Za-z][\w-]{1,30}(\+[A-Za-z][\w-]{1,30}){0,9}$/.test(text)) return text;
  throw new Error(`must be languages such as eng or eng+deu, not ${JSON.stringify(text)}`);
}

/** Where documents come from and how they are read. */
export const READING_SETTINGS = {
  'parse.timeoutMs': integer({
    min: 100,
    max: 3_600_000,
    default: 30_000,
    unit: 'milliseconds',
    project: 'trusted',
    description: 'Longest time that one file may take to read',
  }),
  'parse.maxMemoryMb': integer({
    min: 128,
    max: 65_536,
    default: 1024,
    unit: 'MiB',
    project: 'trusted',
    description: 'Most memory that reading one file may take',
  }),
  'parse.syntaxTrees': toggle({
    default: true,
    project: 'trusted',
    description: 'Divide source code by its syntax tree, where there is a grammar; else by its indentation',
  }),
  'source.maxFileBytes': byteCount({
    max: 2_000_000_000,
    default: 50_000_000,
    project: 'trusted',
    description: 'Files above this size are skipped; 10MB and the like may be written',
  }),
  'source.containers': toggle({
    default: true,
    project: 'always',
    description: 'Read what archives, mailboxes and mails hold, each document for itself',
  }),
  'source.allowPrivate': toggle({
    default: false,
    project: 'trusted',
    description: 'Fetch URLs that lead to private, loopback and link-local addresses',
  }),
  'source.ocr': toggle({
    default: false,
    project: 'trusted',
    description: 'Have Tesseract read pictures and scanned pages of what is added from now on, as --ocr does',
  }),
  'ocr.command': requiredText({
    type: 'command',
    default: 'tesseract',
    project: 'never',
    description: 'Program that reads pictures: Tesseract, or one that takes the same arguments',
  }),
  'ocr.languages': requiredText({
    type: 'languages',
    default: 'eng',
    normalize: ocrLanguages,
    project: 'trusted',
    description: 'Languages of pictures, such as eng+deu; `tesseract --list-langs` shows which it knows',
  }),
  'ocr.pageTimeoutMs': duration({
    default: 60_000,
    max: 3_600_000,
    project: 'trusted',
    description: 'Longest time that reading one picture or page may take',
  }),
  'ocr.maxPages': integer({
    default: 500,
    min: 1,
    max: 20_000,
    unit: 'pages',
    project: 'trusted',
    description: 'Most pages of one document that are read as pictures',
  }),
  loaders: loaderList({
    default: [],
    defaultText: 'none',
    project: 'trusted',
    description: 'Programs that make text of files that nothing else reads, by extension; `{file}` is the path',
  }),
  'ingest.workers': integer({
    min: 0,
    max: 64,
    default: 0,
    defaultText: 'one per core, at most 4',
    unit: 'processes',
    project: 'trusted',
    description: 'Processes that read files at the same time; 0 chooses by the number of cores',
  }),
} as const;
