/**
 * The messages of an mbox file, without their "From " lines; any other file is one message. A "From " line begins a
 * message only after an empty line, and it ends with a date (RFC 4155).
 */
export function splitMailbox(bytes: Uint8Array, most: number): Uint8Array[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.toString('latin1', 0, 5) !== 'From ') return [bytes];
  const messages: Uint8Array[] = [];
  let start = endOfLine(buffer, 0);
  let at = start;
  while (messages.length < most) {
    const next = buffer.indexOf('\nFrom ', Math.max(0, at - 1));
    if (next === -1) break;
    const lineEnd = endOfLine(buffer, next + 1);
    at = lineEnd;
    const afterEmptyLine =
      buffer[next - 1] === 0x0a || (buffer[next - 1] === 0x0d && buffer[next - 2] === 0x0a) || next < start;
    if (!afterEmptyLine || !/\d{4}\s*$/.test(buffer.toString('latin1', next + 1, Math.min(lineEnd, next + 300))))
      continue;
    messages.push(bytes.subarray(start, next));
    start = lineEnd;
  }
  if (messages.length < most) messages.push(bytes.subarray(start));
  return messages;
}

function endOfLine(buffer: Buffer, from: number): number {
  const end = buffer.indexOf(0x0a, from);
  return end === -1 ? buffer.length : end + 1;
}
