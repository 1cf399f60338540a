import { opendirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { RagError } from '../platform/errors.ts';
import { assertNoCredentials, parseWebUrl } from '../platform/http/web-url.ts';
import { nearestName } from '../platform/nearest-name.ts';
import { printableName } from '../platform/printable-name.ts';
import { describeFileError, fileErrorCode, kindWords } from './describe-file.ts';
import { createPathFilter } from './path-filter.ts';
import { checkedCrawlOptions } from './site/crawl-defaults.ts';
import { pageUrl } from './site/page-url.ts';
import { stdinUri } from './stdin.ts';
import type { SourceOptions, SourceSpec } from './types.ts';

/** Names that are compared with a misspelt one. */
const MAX_COMPARED_NAMES = 5_000;

/** One letter before ":" is a drive, and `//` may be missing in a mistyped address. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/**
 * What an argument of `rag add` means: `-` is standard input, an http(s) URL a page, everything else (file:// URLs
 * too) a file or folder, by its real path. URLs lose their fragment. An existing path goes before a scheme that it
 * happens to look like.
 *
 * Throws USAGE (other schemes, bad globs or sizes), SOURCE_MISSING (nothing there), SOURCE_REFUSED (devices, pipes,
 * passwords in URLs) or SOURCE_FAILED (may not be looked at).
 */
export async function resolveSource(target: string, options: SourceOptions, cwd: string): Promise<SourceSpec> {
  const kept = checkedOptions(options);
  if (kept.crawl && !/^https?:/i.test(target)) throw notASite(target);
  if (target === '-') return { kind: 'stdin', uri: stdinUri(options.title ?? ''), options: kept };
  if (target.trim() === '' || target.includes('\0')) {
    throw new RagError('USAGE', {
      message: `Not a path or URL: ${JSON.stringify(target.slice(0, 80))}`,
      hint: 'Name a file, a folder or an http(s) URL.',
    });
  }
  const scheme = SCHEME.exec(target)?.[1]?.toLowerCase();
  if (scheme === undefined || isThere(resolve(cwd, target))) return resolvePath(resolve(cwd, target), kept);
  if (scheme === 'file') return resolvePath(pathOfFileUrl(target), kept);
  if (scheme !== 'http' && scheme !== 'https') throw unknownScheme(target, scheme);
  if (!URL.canParse(target) || !/^https?:\/\/[^/]/i.test(target)) {
    throw new RagError('USAGE', { message: `Not a valid URL: ${printableName(target.slice(0, 200))}` });
  }
  const url = parseWebUrl(target);
  assertNoCredentials(url);
  if (!kept.crawl) return { kind: 'url', uri: url.href, options: kept };
  return { kind: 'site', uri: pageUrl(url.href) ?? url.href, options: kept };
}

function resolvePath(path: string, options: SourceOptions): SourceSpec {
  let real: string;
  try {
    real = realpathSync.native(path);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT' || fileErrorCode(error) === 'ENOTDIR') throw nothingThere(path);
    throw new RagError('SOURCE_FAILED', {
      message: `${printableName(path)} cannot be opened: ${describeFileError(error)}.`,
      cause: error,
    });
  }
  const stat = statSync(real);
  if (stat.isDirectory()) return { kind: 'folder', uri: pathToFileURL(real).href, options };
  if (stat.isFile()) return { kind: 'file', uri: pathToFileURL(real).href, options };
  throw new RagError('SOURCE_REFUSED', {
    message: `${printableName(path)} is ${kindWords(stat)}, not a file or folder.`,
    hint: 'To take what a program writes, pipe it: <program> | rag add - --title "..."',
  });
}

function nothingThere(path: string): RagError {
  const parent = nearestFolder(dirname(path));
  const wanted = path.slice(parent === '/' ? 1 : parent.length + 1).split('/')[0] ?? basename(path);
  const near = nearestName(wanted, namesIn(parent));
  return new RagError('SOURCE_MISSING', {
    message: `There is nothing at ${printableName(path)}.`,
    hint: near
      ? `Did you mean ${printableName(resolve(parent, near))}?`
      : `The nearest folder that exists is ${printableName(parent)}.`,
    details: { path, nearestFolder: parent },
  });
}

function nearestFolder(path: string): string {
  let folder = path;
  while (folder !== dirname(folder) && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    folder = dirname(folder);
  return folder;
}

function namesIn(folder: string): string[] {
  const names: string[] = [];
  try {
    const entries = opendirSync(folder);
    try {
      for (let entry = entries.readSync(); entry && names.length < MAX_COMPARED_NAMES; entry = entries.readSync()) {
        names.push(entry.name);
      }
    } finally {
      entries.closeSync();
    }
  } catch {
    // Only a hint is at stake: without names it tells the folder.
  }
  return names;
}

function isThere(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Not to be looked at, or too long for a path: then it is what its scheme says.
    return false;
  }
}

function pathOfFileUrl(target: string): string {
  try {
    return fileURLToPath(target);
  } catch (error) {
    throw new RagError('USAGE', {
      message: `Not a file URL of this machine: ${printableName(target.slice(0, 200))}`,
      hint: 'Example: file:///home/me/notes',
      cause: error,
    });
  }
}

const unknownScheme = (target: string, scheme: string): RagError =>
  new RagError('USAGE', {
    message: `${scheme}: addresses cannot be added: ${printableName(target.slice(0, 200))}`,
    hint: 'Only http and https URLs, files and folders can.',
  });

const notASite = (target: string): RagError =>
  new RagError('USAGE', {
    message: `--crawl is for http and https URLs, not for ${printableName(target.slice(0, 200))}.`,
    hint: 'A folder is taken with everything below it without it.',
  });

/** Only what belongs to a source is remembered with it. */
function checkedOptions(options: SourceOptions): SourceOptions {
  const { include, exclude, hidden, noIgnore, maxFileBytes, allowPrivate, title, pii, ocr } = options;
  const crawl = options.crawl && checkedCrawlOptions(options.crawl);
  createPathFilter(include ?? [], exclude ?? []);
  if (maxFileBytes !== undefined && (!Number.isSafeInteger(maxFileBytes) || maxFileBytes < 1)) {
    throw new RagError('USAGE', {
      message: `The largest file size must be a whole number of bytes above 0, not ${maxFileBytes}.`,
    });
  }
  const kept = { include, exclude, hidden, noIgnore, maxFileBytes, allowPrivate, crawl, title, pii, ocr };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}
