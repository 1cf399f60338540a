import { posix } from 'node:path';
import { RagError } from '../../platform/errors.ts';
import { isoDate } from '../iso-date.ts';
import type { ZipArchive } from '../unzip.ts';
import { attribute, readXml } from '../xml.ts';

export type Book = {
  readonly title: string | null;
  readonly language: string | null;
  readonly modifiedAt: string | null;
  readonly metadata: Record<string, unknown>;
  readonly chapters: readonly BookChapter[];
};

/** In reading order, each once. */
export type BookChapter = {
  readonly path: string;
  /** Its entry in the table of contents. */
  readonly label: string | null;
  /** Whether the book says that scripts make part of it. */
  readonly scripted: boolean;
};

type Item = { readonly path: string; readonly mediaType: string; readonly properties: string };

/** The package document of an EPUB: what is in the book and in which order. @throws RagError PARSE_FAILED, PARSE_ENCRYPTED */
export function readBook(archive: ZipArchive): Book {
  const packagePath = packageDocument(archive);
  const bytes = archive.read(packagePath);
  if (!bytes) throw noPackage();
  const items = new Map<string, Item>();
  const spine: string[] = [];
  const values: { name: string; value: string }[] = [];
  let tocId = '';
  let current = '';
  readXml(bytes, packagePath, {
    open(name, attributes) {
      current = name;
      if (name === 'item')
        items.set(attributes.id ?? '', {
          path: resolvePath(packagePath, attributes.href ?? ''),
          mediaType: attributes['media-type'] ?? '',
          properties: attributes.properties ?? '',
        });
      else if (name === 'spine') tocId = attributes.toc ?? '';
      else if (name === 'itemref') spine.push(attributes.idref ?? '');
      else if (name === 'meta') current = attribute(attributes, 'property') === 'dcterms:modified' ? 'modified' : '';
    },
    close() {
      current = '';
    },
    text(text) {
      if (text.trim() !== '') values.push({ name: current, value: text.replace(/\s+/g, ' ').trim() });
    },
  });
  const paths = [...new Set(spine.map((id) => items.get(id)?.path ?? ''))].filter((path) => path !== '');
  refuseProtected(archive, paths);
  const nav = [...items.values()].find(({ properties }) => /\bnav\b/.test(properties));
  const scripted = new Set(
    [...items.values()].filter(({ properties }) => /\bscripted\b/.test(properties)).map(({ path }) => path),
  );
  const labels = readLabels(archive, nav ?? items.get(tocId));
  const all = (name: string) => values.filter((entry) => entry.name === name).map(({ value }) => value);
  const authors = all('creator');
  const metadata: Record<string, unknown> = {};
  if (authors.length > 0) metadata.author = authors.join(', ');
  for (const name of ['publisher', 'description', 'subject', 'date']) {
    const value = all(name).join(', ');
    if (value !== '') metadata[name] = value.slice(0, 2000);
  }
  return {
    title: all('title')[0] ?? null,
    language: all('language')[0]?.toLowerCase().slice(0, 35) ?? null,
    modifiedAt: isoDate(all('modified')[0]) ?? isoDate(all('date')[0]),
    metadata,
    // The navigation page repeats the headings.
    chapters: paths
      .filter((path) => path !== nav?.path || paths.length === 1)
      .map((path) => ({ path, label: labels.get(path) ?? null, scripted: scripted.has(path) })),
  };
}

const noPackage = () =>
  new RagError('PARSE_FAILED', {
    message: 'Not an EPUB: its package document (.opf) is missing from the archive.',
    hint: 'Get the file again.',
  });

function packageDocument(archive: ZipArchive): string {
  const container = archive.read('META-INF/container.xml');
  let path: string | null = null;
  if (container)
    readXml(container, 'META-INF/container.xml', {
      open(name, attributes) {
        if (name === 'rootfile') path ??= attributes['full-path'] ?? null;
      },
    });
  if (path !== null && archive.has(path)) return path;
  const found = archive.entries.find(({ name }) => name.toLowerCase().endsWith('.opf'));
  if (!found) throw noPackage();
  return found.name;
}

/** Encrypted fonts are common and harmless; encrypted chapters mean that the book is protected. */
function refuseProtected(archive: ZipArchive, chapters: readonly string[]): void {
  const bytes = archive.read('META-INF/encryption.xml');
  if (!bytes) return;
  const encrypted = new Set<string>();
  readXml(bytes, 'META-INF/encryption.xml', {
    open(name, attributes) {
      if (name === 'CipherReference') encrypted.add(posix.normalize(decodePath(attributes.URI ?? '')));
    },
  });
  if (chapters.some((path) => encrypted.has(path)) || (encrypted.size > 0 && archive.has('META-INF/rights.xml')))
    throw new RagError('PARSE_ENCRYPTED', {
      message: 'The EPUB is protected by DRM and cannot be read.',
      hint: 'Get a copy without protection.',
    });
}

/** Labels of the table of contents by chapter: EPUB 3 navigation page or EPUB 2 NCX. */
function readLabels(archive: ZipArchive, item: Item | undefined): Map<string, string> {
  const labels = new Map<string, string>();
  const bytes = item ? archive.read(item.path) : null;
  if (!item || !bytes) return labels;
  let text = '';
  let href: string | null = null;
  const keep = (target: string) => {
    const path = resolvePath(item.path, target.replace(/#.*$/s, ''));
    const label = text.replace(/\s+/g, ' ').trim();
    if (label !== '' && !labels.has(path)) labels.set(path, label.slice(0, 300));
  };
  try {
    readXml(bytes, item.path, {
      open(name, attributes) {
        if (name === 'navLabel') text = '';
        else if (name === 'content') keep(attributes.src ?? '');
        else if (name === 'a') {
          text = '';
          href = attributes.href ?? null;
        }
      },
      close(name) {
        if (name === 'a' && href !== null) keep(href);
        if (name === 'a') href = null;
      },
      text(part) {
        text += part;
      },
    });
  } catch (error) {
    // Labels are extra: the chapters are there without them.
    if ((error as RagError).code !== 'PARSE_FAILED') throw error;
  }
  return labels;
}

const resolvePath = (from: string, href: string): string =>
  posix.normalize(posix.join(posix.dirname(from), decodePath(href)));

function decodePath(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    // A "%" that is no escape is part of the name.
    return href;
  }
}
