import { lstatSync, type Stats } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findIgnoreRule } from '../../source/find-ignore-rule.ts';
import { createSourceLister } from '../../source/registry.ts';
import type { SourceListing, SourceOptions } from '../../source/types.ts';
import type { StoredSource } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { nearPathsOf } from '../references.ts';
import type { MissingDocument } from './types.ts';

/**
 * Why a path, URI or name is no document of the database: it could not be read, a source leaves it out (and by which
 * rule), it is new, it is under no source, or there is no such thing. Reads the folders of sources that could hold it.
 */
export async function explainMissing(context: AppContext, reference: string): Promise<MissingDocument> {
  const { store } = context;
  const failed = store.failures().find(({ uri, path }) => isNamed(reference, path, uri));
  if (failed) {
    return {
      reason: 'failed',
      message: `${failed.path} could not be read: ${failed.message}`,
      hint: 'When it is mended, `rag sync` reads it again.',
      near: [],
    };
  }
  const file = fileOf(reference);
  const stat = file === null ? null : statOf(file);
  if (file !== null && stat) return (await inSources(context, file, stat)) ?? noSource(file, stat);
  return {
    reason: 'unknown',
    message: `There is no document "${reference}", and no such file.`,
    hint: 'See `rag ls` for what is there.',
    near: nearPathsOf(store, reference),
  };
}

const isNamed = (reference: string, path: string, uri: string): boolean =>
  reference === path || reference === uri || path.endsWith(`/${reference}`) || uri === uriOf(reference);

const uriOf = (reference: string): string => pathToFileURL(resolve(reference)).href;

function fileOf(reference: string): string | null {
  if (/^(?!file:)[a-z]+:\/\//.test(reference)) return null;
  try {
    return reference.startsWith('file:') ? fileURLToPath(reference) : resolve(reference);
  } catch {
    // A URI with a host names no file here.
    return null;
  }
}

function statOf(file: string): Stats | null {
  try {
    return lstatSync(file);
  } catch {
    // What is not there, or may not be looked at, is as good as not there.
    return null;
  }
}

const noSource = (file: string, stat: Stats): MissingDocument => ({
  reason: 'no-source',
  message: `${file} is there, but under nothing that was added.`,
  hint: `Add it: \`rag add ${stat.isDirectory() ? file.replace(/\/?$/, '/') : file}\`.`,
  near: [],
});

async function inSources(context: AppContext, file: string, stat: Stats): Promise<MissingDocument | null> {
  const uri = pathToFileURL(file).href;
  for (const source of context.store.sources()) {
    const top = source.uri.replace(/\/$/, '');
    if (source.kind !== 'folder' || !(uri.startsWith(`${top}/`) || (uri === top && stat.isDirectory()))) continue;
    if (stat.isDirectory()) {
      return {
        reason: 'ignored',
        message: `${file} is ${uri === top ? 'a folder that was added' : `a folder below ${root(source)}`}; a document of it can be explained.`,
        hint: 'Name one of its files; `rag ls --path` lists those that are there.',
        near: [],
      };
    }
    return leftOutBy(context, source, { file, uri });
  }
  return null;
}

/** What the options of a source leave out, in the order in which people would look. */
const TRIALS: readonly { readonly drop: Partial<SourceOptions>; readonly message: string; readonly hint: string }[] = [
  {
    drop: { exclude: [] },
    message: 'an --exclude of its source',
    hint: 'Add the source again without that --exclude.',
  },
  { drop: { include: [] }, message: 'not matching an --include of its source', hint: 'Widen --include.' },
  { drop: { noIgnore: true }, message: 'an ignore rule', hint: 'Change the rule, or add the source with --no-ignore.' },
  { drop: { hidden: true }, message: 'being hidden', hint: 'Add the source with --hidden.' },
];

async function leftOutBy(
  { runtime }: AppContext,
  source: StoredSource,
  { file, uri }: { readonly file: string; readonly uri: string },
): Promise<MissingDocument> {
  const list = createSourceLister();
  const listed = (options: SourceOptions): Promise<SourceListing> => list({ ...source, options }, runtime);
  const skippedIn = ({ skipped }: SourceListing) =>
    skipped.find((each) => each.uri === uri || (each.uri.endsWith('/') && uri.startsWith(each.uri)));
  const here = await listed(source.options);
  if (here.items.some((item) => item.uri === uri)) return notSynced(file);
  const skipped = skippedIn(here);
  if (skipped) {
    return {
      reason: 'skipped',
      message: `${file} was left out: ${skipped.message}`,
      hint: 'See `rag add --help`.',
      near: [],
    };
  }
  let options = source.options;
  for (const { drop, message, hint } of TRIALS) {
    options = { ...options, ...drop };
    const there = await listed(options);
    if (!there.items.some((item) => item.uri === uri) && !skippedIn(there)) continue;
    const root = fileURLToPath(source.uri);
    const rule = drop.noIgnore ? findIgnoreRule(root, file.slice(root.replace(/\/$/, '').length + 1)) : null;
    const by = rule ? `the rule "${rule.rule}" of ${rule.file}:${rule.line}` : message;
    return { reason: 'ignored', message: `${file} is left out by ${by}.`, hint, near: [] };
  }
  return {
    reason: 'ignored',
    message: `${file} is below ${root(source)}, which leaves it out: package, build and cache folders, and links that lead away, are not read.`,
    hint: 'Add the file by itself.',
    near: [],
  };
}

const root = (source: StoredSource): string => fileURLToPath(source.uri);

const notSynced = (file: string): MissingDocument => ({
  reason: 'not-synced',
  message: `${file} is new since its source was read.`,
  hint: '`rag sync` reads it.',
  near: [],
});
