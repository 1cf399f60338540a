import { createReadStream } from 'node:fs';
import { PassThrough, pipeline, Readable, Transform } from 'node:stream';
import { constants, createGunzip } from 'node:zlib';
import type { MemberSink, Stretch } from './types.ts';

const CHUNK_BYTES = 1_048_576;
const BLOCK_BYTES = 512;
/** Data that breaks off is unpacked as far as it goes: what is missing then is the end of the archive in it. */
const GUNZIP = { chunkSize: CHUNK_BYTES, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * Finds the members of a tar archive and puts the bytes of those that are wanted into the spool, as compressed data can
 * be read in one direction only. Throws what the decoder says of a damaged archive, and when it breaks off, between members
 * too; what came before is found.
 */
export async function listTar({ file, start, length }: Stretch, isGzip: boolean, sink: MemberSink): Promise<void> {
  if (length === 0) return;
  const packed = createReadStream(file, { start, end: start + length - 1, highWaterMark: CHUNK_BYTES });
  let failure: Error | null = null;
  const ending = createEnding();
  const unpacked = pipeline(packed, isGzip ? createGunzip(GUNZIP) : new PassThrough(), ending.through, (error) => {
    failure ??= error ?? null;
  });
  const { createTarDecoder } = await import('modern-tar');
  const bytes = Readable.toWeb(unpacked) as ReadableStream<Uint8Array>;
  try {
    for await (const { header, body } of entriesOf(bytes.pipeThrough(createTarDecoder()))) {
      const path = wanted(header, sink);
      if (path === null) {
        // The bytes of what is left out are unpacked too.
        sink.count(header.size);
        await body.cancel();
        continue;
      }
      const at = sink.spool.length;
      for await (const chunk of entriesOf(body)) {
        sink.count(chunk.length);
        sink.spool.append(chunk);
      }
      const size = sink.spool.length - at;
      if (size < header.size) throw new Error(`it breaks off in "${header.name}"`);
      const content = { kind: 'member', file: sink.spool.file, start: at, length: size } as const;
      sink.put({ path, size, mtimeMs: header.mtime?.getTime() ?? null, content });
    }
    if (!ending.isEmptyBlock()) throw new Error('it breaks off before its end');
  } catch (error) {
    // Of a broken stream the decoder knows only that it ended.
    throw failure ?? error;
  } finally {
    unpacked.destroy();
  }
}

/** Tells of the data that came through whether it ends as an archive does, in a block of zeros. */
function createEnding() {
  let tail: Uint8Array = new Uint8Array(0);
  const through = new Transform({
    highWaterMark: CHUNK_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      // A copy: the chunk's memory is used again.
      tail =
        chunk.length < BLOCK_BYTES
          ? Buffer.concat([tail, chunk]).subarray(-BLOCK_BYTES)
          : Buffer.from(chunk.subarray(-BLOCK_BYTES));
      done(null, chunk);
    },
  });
  return { through, isEmptyBlock: () => tail.length === BLOCK_BYTES && tail.every((byte) => byte === 0) };
}

/** Node's streams can be iterated, which the types of the web do not say. */
const entriesOf = <T>(stream: ReadableStream<T>) => stream as unknown as AsyncIterable<T>;

function wanted({ name, type }: { readonly name: string; readonly type?: string }, sink: MemberSink): string | null {
  if (type === 'directory' || name.endsWith('/')) return null;
  if (type === 'file' || type === undefined) return sink.admit(name);
  sink.leaveOut(name, type === 'link' || type === 'symlink' ? 'It is a link.' : 'It is a special file.');
  return null;
}
