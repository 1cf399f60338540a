import { fileAccess } from '../random-access.ts';
import { readZipDirectory } from '../zip-directory.ts';
import type { MemberSink, Stretch } from './types.ts';

const fileTypeBits = 0xf000;
const regularFile = 0x8000;

/** Finds the members of a ZIP archive by its directory; nothing is inflated. Throws as `readZipDirectory` does. */
export function listZip(descriptor: number, { file, start, length }: Stretch, sink: MemberSink): void {
  for (const { unixMode, mtimeMs, ...entry } of readZipDirectory(fileAccess(descriptor, { start, length }))) {
    const { name, declaredBytes: size } = entry;
    if (name.endsWith('/')) continue;
    const type = unixMode & fileTypeBits;
    if (type !== 0 && type !== regularFile) {
      sink.leaveOut(name, 'It is a link or another special file, not a regular one.');
      continue;
    }
    const path = sink.admit(name);
    if (path === null) continue;
    sink.count(size);
    sink.put({ path, size, mtimeMs, content: { kind: 'member', file, start, length, entry } });
  }
}
