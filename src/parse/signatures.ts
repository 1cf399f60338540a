/** The first bytes of formats that are not text. `type` names the parser, where one could exist. */
type Signature = {
  readonly at?: number;
  readonly bytes: readonly number[];
  readonly looksLike: string;
  readonly type?: string;
};

const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));

// Sources: the formats' own specifications, by way of file(1)'s magic tables and the WHATWG MIME sniffing standard.
const SIGNATURES: readonly Signature[] = [
  { bytes: ascii('%PDF-'), looksLike: 'a PDF', type: 'pdf' },
  { bytes: ascii('{\\rtf'), looksLike: 'Rich Text Format', type: 'rtf' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], looksLike: 'a Microsoft OLE file', type: 'ole' },
  { bytes: [0x50, 0x4b, 3, 4], looksLike: 'a zip archive', type: 'zip' },
  { bytes: [0x50, 0x4b, 5, 6], looksLike: 'an empty zip archive', type: 'zip' },
  { bytes: [0x50, 0x4b, 7, 8], looksLike: 'a split zip archive' },
  { bytes: [0x1f, 0x8b], looksLike: 'gzip-compressed data', type: 'gzip' },
  { bytes: ascii('BZh'), looksLike: 'bzip2-compressed data' },
  { bytes: [0xfd, ...ascii('7zXZ'), 0], looksLike: 'xz-compressed data' },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], looksLike: 'zstd-compressed data' },
  { bytes: [0x04, 0x22, 0x4d, 0x18], looksLike: 'lz4-compressed data', type: 'lz4' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], looksLike: 'a 7-Zip archive' },
  { bytes: ascii('Rar!\x1a\x07'), looksLike: 'a RAR archive' },
  { at: 257, bytes: ascii('ustar'), looksLike: 'a tar archive' },
  { bytes: ascii('!<arch>\n'), looksLike: 'an ar archive or static library' },
  { bytes: [0x89, ...ascii('PNG\r\n\x1a\n')], looksLike: 'a PNG image', type: 'image' },
  { bytes: [0xff, 0xd8, 0xff], looksLike: 'a JPEG image', type: 'image' },
  { bytes: ascii('GIF8'), looksLike: 'a GIF image', type: 'image' },
  { at: 8, bytes: ascii('WEBP'), looksLike: 'a WebP image', type: 'image' },
  { bytes: ascii('II*\0'), looksLike: 'a TIFF image', type: 'image' },
  { bytes: ascii('MM\0*'), looksLike: 'a TIFF image', type: 'image' },
  { bytes: [0, 0, 1, 0], looksLike: 'an icon' },
  { bytes: ascii('8BPS'), looksLike: 'a Photoshop image' },
  { at: 4, bytes: ascii('ftypheic'), looksLike: 'a HEIC image' },
  { at: 4, bytes: ascii('ftypavif'), looksLike: 'an AVIF image' },
  { at: 4, bytes: ascii('ftypM4A'), looksLike: 'MPEG-4 audio' },
  { at: 4, bytes: ascii('ftyp'), looksLike: 'an MP4 or QuickTime video' },
  { bytes: [0x1a, 0x45, 0xdf, 0xa3], looksLike: 'a Matroska or WebM video' },
  { at: 8, bytes: ascii('AVI '), looksLike: 'an AVI video' },
  { at: 8, bytes: ascii('WAVE'), looksLike: 'WAV audio' },
  { bytes: ascii('ID3'), looksLike: 'MP3 audio' },
  { bytes: [0xff, 0xfb], looksLike: 'MP3 audio' },
  { bytes: ascii('fLaC'), looksLike: 'FLAC audio' },
  { bytes: ascii('OggS'), looksLike: 'Ogg audio or video' },
  { bytes: [0x7f, ...ascii('ELF')], looksLike: 'an ELF program' },
  { bytes: [0xcf, 0xfa, 0xed, 0xfe], looksLike: 'a Mach-O program' },
  { bytes: [0xca, 0xfe, 0xba, 0xbe], looksLike: 'a Java class or universal Mach-O program' },
  { bytes: [...ascii('MZ'), 0x90, 0], looksLike: 'a Windows program' },
  { bytes: ascii('\0asm'), looksLike: 'a WebAssembly module' },
  { bytes: ascii('SQLite format 3\0'), looksLike: 'a SQLite database' },
  { bytes: ascii('bplist00'), looksLike: 'a binary property list (an iCloud placeholder is one)' },
  { bytes: ascii('wOFF'), looksLike: 'a web font' },
  { bytes: ascii('wOF2'), looksLike: 'a web font' },
  { bytes: [0, 1, 0, 0, 0], looksLike: 'a TrueType font' },
  { bytes: ascii('OTTO'), looksLike: 'an OpenType font' },
  { bytes: ascii('%!PS'), looksLike: 'PostScript' },
  { bytes: ascii('AT&TFORM'), looksLike: 'a DjVu document' },
  { bytes: ascii('ITSF'), looksLike: 'compiled HTML help' },
  { at: 60, bytes: ascii('BOOKMOBI'), looksLike: 'a Mobipocket or Kindle book' },
  { bytes: ascii('PAR1'), looksLike: 'a Parquet file' },
  { bytes: [0x89, ...ascii('HDF\r\n')], looksLike: 'an HDF5 file' },
  { bytes: [0x80, 4, 0x95], looksLike: 'a Python pickle' },
];

/** What the first bytes say the format is; null when they say nothing. */
export function signatureOf(bytes: Uint8Array): { looksLike: string; type?: string } | null {
  for (const signature of SIGNATURES) {
    const at = signature.at ?? 0;
    if (signature.bytes.every((byte, index) => bytes[at + index] === byte)) return signature;
  }
  return pdfHeaderAt(bytes) >= 0 ? { looksLike: 'a PDF', type: 'pdf' } : null;
}

/** Readers accept a PDF header within the first 1,024 bytes (PDF 1.7, Annex H, note 13); -1 when there is none. */
function pdfHeaderAt(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1029));
  const at = head.indexOf('%PDF-1.');
  return at < 0 ? head.indexOf('%PDF-2.') : at;
}
