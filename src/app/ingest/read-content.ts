import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { CONTAINER_HEAD_BYTES, containerKind } from '../../parse/container/container-kind.ts';
import { readMember } from '../../parse/container/read-member.ts';
import type { ParseInput } from '../../parse/types.ts';
import { messageOf, RagError } from '../../platform/errors.ts';
import type { ItemContent } from '../../source/types.ts';

/** `opensContainers`: of a file that is too large for a document and may hold several, the beginning will do. */
type Bounds = { readonly maxBytes: number; readonly name?: string; readonly opensContainers?: boolean };

type Content = { readonly bytes: Uint8Array; readonly isWhole: boolean };

/**
 * Regular files only, looked at after opening, so that nothing can be swapped in between. Of one that is too large for a
 * document, and may be a container, the beginning.
 */
export async function readContent(
  content: ItemContent,
  { maxBytes, name = '', opensContainers = false }: Bounds,
): Promise<Content> {
  if (content.kind === 'member') return { bytes: readMember(content, maxBytes), isWhole: true };
  if (content.kind === 'bytes') {
    if (content.bytes.byteLength > maxBytes) throw tooLarge(content.bytes.byteLength, maxBytes);
    return { bytes: content.bytes, isWhole: true };
  }
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(content.path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new RagError('SOURCE_FAILED', {
      message: `The file cannot be opened (${(error as NodeJS.ErrnoException).code ?? messageOf(error)}).`,
      hint: 'Check that it is there and that you may read it.',
      cause: error,
    });
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new RagError('SOURCE_REFUSED', { message: 'It is no regular file.' });
    if (stat.size <= maxBytes) return { bytes: await file.readFile(), isWhole: true };
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CONTAINER_HEAD_BYTES), position: 0 });
    const bytes = buffer.subarray(0, bytesRead);
    if (opensContainers && containerKind(bytes, name, false)) return { bytes, isWhole: false };
    throw tooLarge(stat.size, maxBytes);
  } finally {
    await file.close();
  }
}

/** What is said of the bytes besides. */
export function hintsOf(content: ItemContent): Pick<ParseInput, 'mediaType' | 'charset' | 'leaveOut'> {
  if (content.kind === 'file') return {};
  const { mediaType } = content;
  return content.kind === 'bytes' ? { mediaType, charset: content.charset, leaveOut: content.leaveOut } : { mediaType };
}

const tooLarge = (size: number, maxBytes: number): RagError =>
  new RagError('PARSE_TOO_LARGE', {
    message: `It has ${size} bytes; the limit is ${maxBytes}.`,
    hint: 'Raise the limit with --max-file-size.',
  });
