import type { FoundMember } from '../../../parse/container/types.ts';
import { exportReading } from '../../../source/export-reading.ts';

/**
 * The members of an archive, each with how it is to be read where it is a part of another program's export. `originals`:
 * their paths as the archive has them, by those that they got.
 */
export function readAsExport(
  members: readonly FoundMember[],
  originals: ReadonlyMap<string, string>,
): readonly FoundMember[] {
  const originalOf = ({ path }: FoundMember) => originals.get(path) ?? path;
  const byOriginal = new Map(members.map((member) => [originalOf(member), member.content]));
  const find = (path: string) => byOriginal.get(path) ?? null;
  return members
    .filter((member) => !isPartialTable(originalOf(member), find))
    .map((member) => {
      const as = exportReading(originalOf(member), find);
      return as ? { ...member, content: { ...member.content, as } } : member;
    });
}

/** Notion writes what a view of a table shows, and beside it all of the table. */
const isPartialTable = (path: string, find: (path: string) => unknown): boolean =>
  / [0-9a-f]{32}\.csv$/.test(path) && find(path.replace(/\.csv$/, '_all.csv')) !== null;
