import { posix } from 'node:path';
import { RagError } from '../../platform/errors.ts';
import { isoDate } from '../iso-date.ts';
import { isJunkTitle } from '../junk-title.ts';
import type { ParseInput } from '../types.ts';
import { openZip, type ZipArchive } from '../unzip.ts';
import { attribute, readXml } from '../xml.ts';
import { isOle, refusalOfOle } from './ole.ts';

/** Target of a relationship: the full part name, or null when it points out of the package. */
export type Relationship = { readonly id: string; readonly type: string; readonly target: string | null };

/** Open the archive of an office document; says what stands in its place when it is none. */
export function openPackage({ bytes, limits }: ParseInput): ZipArchive {
  if (isOle(bytes)) throw refusalOfOle(bytes);
  return openZip(bytes, limits);
}

/**
 * The relationships of a part ('' for the package itself). `type` is the last part of the type's URI, which is the
 * same in transitional and strict files.
 */
export function relationships(archive: ZipArchive, part: string): Relationship[] {
  const folder = posix.dirname(part);
  const name = part === '' ? '_rels/.rels' : posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
  const bytes = archive.read(name);
  const found: Relationship[] = [];
  if (!bytes) return found;
  try {
    readXml(bytes, name, {
      open(element, attributes) {
        if (element !== 'Relationship') return;
        const target = attributes.Target ?? '';
        const external = attributes.TargetMode === 'External';
        const path = target.startsWith('/')
          ? posix.normalize(target.slice(1))
          : posix.normalize(posix.join(folder, target));
        found.push({
          id: attributes.Id ?? '',
          type: (attributes.Type ?? '').replace(/^.*\//, ''),
          target: external || path.startsWith('..') ? null : path,
        });
      },
    });
  } catch (error) {
    // Damaged relationships leave the usual part names to go by; a bomb is still refused.
    if ((error as RagError).code !== 'PARSE_FAILED') throw error;
  }
  return found;
}

/** The main part of an Office Open XML package: by its relationship, else by the usual name. */
export function mainPart(archive: ZipArchive, usual: string, program: string): string {
  const target = relationships(archive, '').find(({ type }) => type === 'officeDocument')?.target;
  if (target && archive.has(target)) return target;
  if (archive.has(usual)) return usual;
  throw new RagError('PARSE_FAILED', {
    message: `Not a ${program} document: "${usual}" is missing from the archive.`,
    hint: 'Get the file again, or open and save it with the program that made it.',
  });
}

export type Properties = {
  readonly title: string | null;
  readonly modifiedAt: string | null;
  readonly metadata: Record<string, unknown>;
};

/** Title, author and dates from `docProps/core.xml` or ODF's `meta.xml`; absent or damaged properties give none. */
export function documentProperties(archive: ZipArchive, part?: string): Properties {
  const name =
    part ?? relationships(archive, '').find(({ type }) => type === 'core-properties')?.target ?? 'docProps/core.xml';
  const values = new Map<string, string>();
  try {
    const bytes = archive.read(name);
    let current = '';
    if (bytes)
      readXml(bytes, name, {
        open: (element) => {
          current = element;
        },
        close: () => {
          current = '';
        },
        text: (text) => {
          if (current !== '' && text.trim() !== '') values.set(current, (values.get(current) ?? '') + text);
        },
      });
  } catch (error) {
    // Properties are extra; the text of a document with damaged ones is still worth having.
    if ((error as RagError).code === 'PARSE_TOO_LARGE') throw error;
  }
  const text = (key: string) => values.get(key)?.replace(/\s+/g, ' ').trim().slice(0, 500) || null;
  const title = text('title');
  const created = isoDate(text('created') ?? text('creation-date'));
  const modified = isoDate(text('modified') ?? text('date'));
  const metadata: Record<string, unknown> = {};
  for (const [key, value] of [
    ['author', text('creator') ?? text('initial-creator')],
    ['subject', text('subject')],
    ['keywords', text('keywords') ?? text('keyword')],
    ['created', created],
  ] as const)
    if (value !== null) metadata[key] = value;
  return { title: title && !isJunkTitle(title) ? title : null, modifiedAt: modified ?? created, metadata };
}

/** Whether an on/off property (`<w:b/>`, `<w:b w:val="0"/>`) is on. */
export const isOn = (attributes: Parameters<typeof attribute>[0]): boolean =>
  !/^(?:0|false|off|none)$/i.test(attribute(attributes, 'val') ?? '1');
