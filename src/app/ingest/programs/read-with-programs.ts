import { basename, extname } from 'node:path';
import type { Settings } from '../../../config/types.ts';
import { isRagError } from '../../../platform/errors.ts';
import type { SourceItem } from '../../../source/types.ts';
import type { Processing } from '../../../store/types.ts';
import type { IngestContext } from '../ingest-context.ts';
import type { ParseReply } from '../parse-task.ts';
import { nameOf, type ReadRun, readItem } from '../read-item.ts';
import { convert } from './convert.ts';
import { recognize } from './recognize.ts';

type Asked = {
  /** Of the stored version. */
  readonly knownHash: string | null;
  readonly processing?: Processing;
  readonly signal?: AbortSignal;
};

/**
 * Reads an item as `readItem` does, with the programs that the user asked for: a loader in place of the parser where one
 * has its extension, and Tesseract for what are pictures. What goes wrong with a program is a failed reply.
 */
export async function readWithPrograms(
  { settings }: Pick<IngestContext, 'settings'>,
  run: ReadRun,
  item: SourceItem,
  { knownHash, processing, signal }: Asked,
): Promise<ParseReply> {
  const loader = loaderOf(item, settings);
  const started = performance.now();
  try {
    if (loader) {
      const converted = await convert(item, loader, { maxBytes: settings.source.maxFileBytes, signal });
      return await readItem({ settings }, run, item, knownHash, { processing, converted });
    }
    const reply = await readItem({ settings }, run, item, knownHash, { processing });
    const pictures = picturesOf(reply);
    if (!run.source.options.ocr || pictures.length === 0) return reply;
    const recognized = await recognize(item, pictures, { settings, run, signal });
    return await readItem({ settings }, run, item, knownHash, { processing, recognized });
  } catch (error) {
    if (!isRagError(error) || error.code === 'INTERNAL' || error.code === 'ABORTED') throw error;
    const { code, message, hint } = error;
    return { status: 'failed', code, message, hint, elapsedMs: performance.now() - started };
  }
}

function picturesOf(reply: ParseReply): readonly number[] {
  if (reply.status === 'parsed') return reply.document.picturePages ?? [];
  return reply.status === 'failed' ? (reply.picturePages ?? []) : [];
}

/** Of files of their own only: a program cannot be given a part of an archive. */
function loaderOf(item: SourceItem, { loaders }: Settings): Settings['loaders'][number] | undefined {
  if (item.content.kind !== 'file') return undefined;
  const extension = extname(basename(nameOf(item)))
    .slice(1)
    .toLowerCase();
  return extension === '' ? undefined : loaders.find(({ extensions }) => extensions.includes(extension));
}
