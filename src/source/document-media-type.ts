/** Application types that hold text for people. text/*, *+xml and *+json are taken as such. */
const DOCUMENT_TYPES: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/x-pdf',
  'application/json',
  'application/jsonl',
  'application/x-ndjson',
  'application/ndjson',
  'application/xml',
  'application/yaml',
  'application/x-yaml',
  'application/toml',
  'application/csv',
  'application/rtf',
  'application/msword',
  'application/javascript',
  'application/x-javascript',
  'application/typescript',
  'application/x-sh',
  'application/x-tex',
  'application/x-latex',
  'application/sql',
  'application/epub+zip',
]);

const OFFICE_PREFIXES = [
  'application/vnd.openxmlformats-officedocument.',
  'application/vnd.oasis.opendocument.',
  'application/vnd.ms-',
];

/** Files that hold documents; taken where one is asked for by its own address. */
const CONTAINER_TYPES: ReadonlySet<string> = new Set([
  'application/zip',
  'application/x-zip-compressed',
  'application/gzip',
  'application/x-gzip',
  'application/x-tar',
  'application/x-gtar',
  'application/mbox',
]);

export const isContainerType = (mediaType: string): boolean => CONTAINER_TYPES.has(mediaType);

/** Says nothing about the content, which then decides. */
const UNKNOWN_TYPES: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/download',
  'application/x-download',
  'application/force-download',
]);

/** 'unknown' when the type leaves it to the content: no type at all, or one of the names for "some bytes". */
export function judgeMediaType(mediaType: string | null): 'document' | 'other' | 'unknown' {
  if (mediaType === null || UNKNOWN_TYPES.has(mediaType)) return 'unknown';
  if (mediaType.startsWith('text/') || DOCUMENT_TYPES.has(mediaType)) return 'document';
  if (/^application\/[^/]+\+(xml|json)$/.test(mediaType)) return 'document';
  if (mediaType === 'message/rfc822') return 'document';
  return OFFICE_PREFIXES.some((prefix) => mediaType.startsWith(prefix)) ? 'document' : 'other';
}

export type ContentType = { readonly mediaType: string | null; readonly charset: string | null };

/** The parts of a Content-Type header that matter here; null for what is absent or malformed. */
export function parseContentType(header: string | null): ContentType {
  const [type = '', ...parameters] = (header ?? '').slice(0, 1_000).split(';');
  const mediaType = type.trim().toLowerCase();
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([\w.:+-]{1,40})"?\s*$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return {
    mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : null,
    charset: charset?.toLowerCase() ?? null,
  };
}

/** Whether bytes of unknown type begin as a document does: PDF, a zip (office, EPUB), or text. */
export function beginsLikeDocument(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024));
  const magic = head.toString('latin1');
  if (magic.includes('%PDF-') || magic.startsWith('PK\u0003\u0004')) return true;
  const isUtf16 = magic.startsWith('\u00ff\u00fe') || magic.startsWith('\u00fe\u00ff');
  return isUtf16 || !head.includes(0);
}
