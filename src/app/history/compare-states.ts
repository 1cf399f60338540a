import type { PastDocument } from '../../store/types.ts';
import type { BaseChange } from './types.ts';

/** What differs between two states of a base, by collection and path. */
export function compareStates(before: readonly PastDocument[], after: readonly PastDocument[]): BaseChange[] {
  const then = new Map(before.map((document) => [document.lineage, document]));
  const now = new Map(after.map((document) => [document.lineage, document]));
  const changes: BaseChange[] = [];
  for (const document of after) {
    const former = then.get(document.lineage);
    const { collection, path, version } = document;
    if (!former) changes.push({ status: 'added', path, collection, versions: [null, version] });
    else if (former.contentHash !== document.contentHash)
      changes.push({
        status: 'changed',
        path,
        collection,
        ...fromPath(former, document),
        versions: [former.version, version],
      });
    else if (former.path !== path || former.collection !== collection)
      changes.push({ status: 'moved', path, collection, from: former.path, versions: [former.version, version] });
  }
  for (const { lineage, path, collection, version } of before)
    if (!now.has(lineage)) changes.push({ status: 'removed', path, collection, versions: [version, null] });
  return changes.sort((a, b) => order(`${a.collection}\n${a.path}`, `${b.collection}\n${b.path}`));
}

const fromPath = (former: PastDocument, { path }: PastDocument): { from?: string } =>
  former.path === path ? {} : { from: former.path };

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
