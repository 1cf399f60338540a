/** Enough entries to come by the names that tell; an archive may claim millions. */
const MAX_ENTRIES = 3_000;

/**
 * Which document a zip archive is, from the names in its central directory; null for an archive of anything else or
 * a damaged one. Nothing is inflated. Source: PKWARE APPNOTE 4.3.12, 4.3.16; OPC; ODF 1.3 part 2, 3.3.
 */
export function zipKind(bytes: Uint8Array): 'docx' | 'xlsx' | 'pptx' | 'odt' | 'ods' | 'odp' | 'epub' | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const declared = storedMimetype(buffer);
  if (declared) return declared;
  let kind: 'docx' | 'xlsx' | 'pptx' | 'epub' | null = null;
  for (const name of entryNames(buffer)) {
    const lower = name.toLowerCase().replaceAll('\\', '/');
    if (lower === 'word/document.xml' || lower.startsWith('word/document')) return 'docx';
    if (lower.startsWith('xl/workbook')) return 'xlsx';
    if (lower === 'ppt/presentation.xml') return 'pptx';
    if (lower === 'meta-inf/container.xml') kind ??= 'epub';
    else if (lower.startsWith('word/')) kind ??= 'docx';
  }
  return kind;
}

/** OpenDocument and EPUB put an uncompressed entry `mimetype` first. */
function storedMimetype(buffer: Buffer): 'odt' | 'ods' | 'odp' | 'epub' | null {
  if (buffer.length < 60 || buffer.toString('latin1', 30, 38) !== 'mimetype') return null;
  const value = buffer.toString('latin1', 38, 38 + 80);
  if (value.includes('application/epub+zip')) return 'epub';
  const match = /application\/vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)/.exec(value);
  return match ? ({ text: 'odt', spreadsheet: 'ods', presentation: 'odp' } as const)[match[1] as 'text'] : null;
}

function* entryNames(buffer: Buffer): Generator<string> {
  // The end record lies in the last 22 bytes plus a comment of at most 65,535.
  const tail = Math.max(0, buffer.length - 65_557);
  const end = buffer.subarray(tail).lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = end >= 0 && tail + end + 20 <= buffer.length ? buffer.readUInt32LE(tail + end + 16) : -1;
  if (at < 0 || at + 46 > buffer.length || buffer.readUInt32LE(at) !== 0x02014b50) {
    at = buffer.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  }
  for (let count = 0; count < MAX_ENTRIES && at >= 0 && at + 46 <= buffer.length; count++) {
    if (buffer.readUInt32LE(at) !== 0x02014b50) return;
    const nameLength = buffer.readUInt16LE(at + 28);
    yield buffer.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
}
