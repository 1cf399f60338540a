import type { Attachment } from 'postal-mime';
import { attachmentName, attachmentsOf, mailOptions } from '../eml/attachments.ts';
import type { MemberSink } from './types.ts';

/** Signatures, and the wrapping that Outlook puts around what is attached as well. */
const TECHNICAL_TYPES = /^application\/(?:(?:x-)?pkcs7-|pgp-|ms-tnef)/;

const EXTENSIONS: Readonly<Record<string, string>> = {
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/html': 'html',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'text/vcard': 'vcf',
  'application/pdf': 'pdf',
  'application/json': 'json',
};

/** Finds the attachments of a mail and puts their decoded bytes into the spool. Throws what the mail parser throws. */
export async function listAttachments(mail: Uint8Array, sink: MemberSink): Promise<void> {
  const { default: PostalMime } = await import('postal-mime');
  const { attachments } = await PostalMime.parse(mail, mailOptions);
  for (const [index, attachment] of attachmentsOf(attachments).entries()) {
    const { mimeType } = attachment;
    if (TECHNICAL_TYPES.test(mimeType)) continue;
    const path = sink.admit(await nameOf(attachment, index));
    if (path === null) continue;
    const bytes = bytesOf(attachment.content);
    sink.count(bytes.length);
    const start = sink.spool.length;
    sink.spool.append(bytes);
    const content = {
      kind: 'member',
      file: sink.spool.file,
      start,
      length: bytes.length,
      mediaType: mimeType,
    } as const;
    sink.put({ path, size: bytes.length, mtimeMs: null, content });
  }
}

/** An attachment has no folders: a "/" in its name is a letter like any other. */
async function nameOf(attachment: Attachment, index: number): Promise<string> {
  const { mimeType } = attachment;
  const name = (await attachmentName(attachment))?.replace(/[\\/]+/g, '_').trim();
  if (name) return mimeType === 'message/rfc822' && !/\.eml$/i.test(name) ? `${name}.eml` : name;
  const extension = EXTENSIONS[mimeType];
  return `attachment-${index + 1}${extension ? `.${extension}` : ''}`;
}

function bytesOf(content: Attachment['content']): Uint8Array {
  if (typeof content === 'string') return Buffer.from(content, 'utf8');
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}
