import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { MAX_LINE, readLines } from '../../commands/chat/read-lines.ts';

async function linesOf(
  parts: readonly (string | Uint8Array)[],
  signal = new AbortController().signal,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of readLines({ stdin: Readable.from(parts, { objectMode: true }), signal })) lines.push(line);
  return lines;
}

test('lines come whole, however the input is cut, with any ends', async () => {
  const bytes = Buffer.from('für\r\nzwei\n\nletzte');
  const cut = [...bytes].map((byte) => Uint8Array.of(byte));
  expect(await linesOf(cut)).toEqual(['für', 'zwei', '', 'letzte']);
  expect(await linesOf(['a\nb\n'])).toEqual(['a', 'b']);
  expect(await linesOf([])).toEqual([]);
});

test('a line without an end is cut and takes no more room', async () => {
  const [line = ''] = await linesOf(Array.from({ length: 50 }, () => 'x'.repeat(10_000)));
  expect(line).toHaveLength(MAX_LINE);
});

test('waiting for a line ends when the signal fires', async () => {
  const controller = new AbortController();
  const stdin = new Readable({ read() {} });
  const reading = readLines({ stdin, signal: controller.signal }).next();
  controller.abort();
  expect(await reading).toEqual({ value: undefined, done: true });
});
