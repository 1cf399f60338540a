import { pathToFileURL } from 'node:url';
import type { FoundMember } from '../../../parse/container/types.ts';
import type { SourceItem } from '../../../source/types.ts';

/** A member as an item of its source: `b.zip!/docs/x.md`, below its container in both its names. */
export function memberItem(
  container: Pick<SourceItem, 'uri' | 'path'>,
  { path, size, mtimeMs, content }: FoundMember,
): SourceItem {
  return { ...memberPlace(container, path), size, mtimeMs, content };
}

export function memberPlace(
  container: Pick<SourceItem, 'uri' | 'path'>,
  inner: string,
): Pick<SourceItem, 'uri' | 'path'> {
  return { uri: `${container.uri}!/${encodePath(inner)}`, path: `${container.path}!/${inner}` };
}

/** As file URIs have it, so that a path from here names it as well. */
const encodePath = (inner: string): string =>
  /^[\w./-]*$/.test(inner) ? inner : pathToFileURL(`/${inner}`).pathname.slice(1);
