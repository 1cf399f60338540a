import { RagError } from '../../platform/errors.ts';

const signature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/** Whether bytes begin as an OLE compound file: an old Office document, or a newer one that is encrypted. */
export const isOle = (bytes: Uint8Array): boolean => signature.every((byte, index) => bytes[index] === byte);

type Legacy = { readonly stream: string; readonly name: string; readonly convertTo: string };

const legacyFormats: readonly Legacy[] = [
  { stream: 'WordDocument', name: 'a Word 97-2003 document', convertTo: 'docx' },
  { stream: 'Workbook', name: 'an Excel 97-2003 workbook', convertTo: 'xlsx' },
  { stream: 'Book', name: 'an Excel 5.0/95 workbook', convertTo: 'xlsx' },
  { stream: 'PowerPoint Document', name: 'a PowerPoint 97-2003 presentation', convertTo: 'pptx' },
  { stream: '__properties_version1.0', name: 'an Outlook message', convertTo: 'eml' },
];

/** The error that an OLE file deserves: encrypted, or an old format with the way to convert it. */
export function refusalOfOle(bytes: Uint8Array): RagError {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (name: string) => buffer.includes(Buffer.from(name, 'utf16le'));
  if (has('EncryptedPackage') || has('EncryptionInfo') || has('EncryptedSummary'))
    return new RagError('PARSE_ENCRYPTED', {
      message: 'The document is encrypted and a password is needed to open it.',
      hint: 'Save a copy without a password.',
    });
  const format = legacyFormats.find(({ stream }) => has(stream));
  const message = `Not supported: ${format?.name ?? 'an OLE compound file (old Office or installer)'}.`;
  const hint =
    format?.convertTo === 'eml'
      ? 'Save the message as .eml, for example with `msgconvert message.msg`.'
      : `Save it as .${format?.convertTo ?? 'docx'}, for example with \`soffice --headless --convert-to ${format?.convertTo ?? 'docx'} FILE\`.`;
  return new RagError('PARSE_UNSUPPORTED', { message, hint });
}
