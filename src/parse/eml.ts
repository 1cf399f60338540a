import { RagError } from '../platform/errors.ts';
import { replaceC1Controls } from './c1-controls.ts';
import { attachmentName, attachmentsOf, mailOptions } from './eml/attachments.ts';
import { splitMailbox } from './eml/mailbox.ts';
import { renderXhtml } from './epub/xhtml.ts';
import { isoDate } from './iso-date.ts';
import { normalizeText } from './normalize-text.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import { type StructuredText, structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';

const mediaType = 'message/rfc822';
const mostMessages = 10_000;

/** Mail: subject, people and date, then the text; attachments are listed by name. A mailbox (mbox) gives all its mails. */
export const emlParser: Parser = {
  type: 'eml',
  mediaTypes: [mediaType, 'application/mbox'],
  extensions: ['eml', 'mbox'],
  async parse({ bytes, limits }: ParseInput): Promise<ParsedDocument> {
    const messages = splitMailbox(bytes, mostMessages);
    const text = structuredText(limits.maxTextLength);
    const warnings: string[] = [];
    let first: Described | null = null;
    for (const message of messages) {
      const described = await addMessage(text, message, messages.length > 1);
      first ??= described;
    }
    if (!first) throw noHeaders();
    if (messages.length === mostMessages)
      warnings.push(`Only the first ${mostMessages} messages of the mailbox were read.`);
    const { title: _subject, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'eml',
      mediaType,
      title: messages.length === 1 ? first.subject : null,
      modifiedAt: first.date,
      metadata: messages.length === 1 ? first.metadata : { messages: messages.length },
      warnings,
    });
  },
};

const noHeaders = () =>
  new RagError('PARSE_FAILED', {
    message: 'Not a mail: it has no message headers (From, To, Subject, Date ...).',
    hint: 'Save the message again as .eml, with all headers.',
  });

type Described = {
  readonly subject: string | null;
  readonly date: string | null;
  readonly metadata: Record<string, unknown>;
};

async function addMessage(text: StructuredText, bytes: Uint8Array, inMailbox: boolean): Promise<Described | null> {
  const { default: PostalMime } = await import('postal-mime');
  const mail = await PostalMime.parse(bytes, mailOptions);
  const known = new Set(mail.headers.map(({ key }) => key.toLowerCase()));
  if (
    !['from', 'to', 'subject', 'date', 'message-id', 'received', 'mime-version', 'content-type', 'return-path'].some(
      (name) => known.has(name),
    )
  )
    if (inMailbox && (mail.text ?? '').trim() !== '') text.paragraph(mail.text ?? '');
    else if (!inMailbox) throw noHeaders();
  const from = people(mail.from ? [mail.from] : []);
  const to = people([...(mail.to ?? []), ...(mail.cc ?? [])]);
  const date = isoDate(mail.date) ?? null;
  const subject = replaceC1Controls(mail.subject ?? '').trim() || null;
  const attachments = await Promise.all(
    attachmentsOf(mail.attachments).map(async (part) => (await attachmentName(part)) ?? part.mimeType),
  );
  text.heading(1, subject ?? (inMailbox ? '(no subject)' : ''));
  text.paragraph([from && `From: ${from}`].filter(Boolean).join('\n'));
  await addBody(text, mail);
  if (attachments.length > 0) text.paragraph(`Attachments: ${attachments.join(', ')}`);
  const metadata: Record<string, unknown> = {};
  if (from) metadata.from = from;
  if (to) metadata.to = to;
  if (date) metadata.date = date;
  if (mail.messageId) metadata.messageId = mail.messageId;
  if (attachments.length > 0) metadata.attachments = attachments;
  return { subject, date, metadata };
}

async function addBody(text: StructuredText, mail: { readonly text?: string; readonly html?: string }): Promise<void> {
  const plain = normalizeText(replaceC1Controls(mail.text ?? '')).trim();
  if (/[\p{L}\p{N}]/u.test(plain)) text.append({ text: plain, blocks: paragraphBlocks(plain), sections: [] });
  else if (mail.html) text.append(await renderXhtml(replaceC1Controls(mail.html)));
}

type Address = { readonly name?: string; readonly address?: string; readonly group?: readonly Address[] };

function people(addresses: readonly Address[]): string {
  return addresses
    .flatMap((address) => address.group ?? [address])
    .slice(0, 100)
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address || ''))
    .filter((shown) => shown !== '')
    .join(', ')
    .normalize('NFC');
}
