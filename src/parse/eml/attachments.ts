import { replaceC1Controls } from '../c1-controls.ts';

/**
 * How the mail library is asked to read: a message within a message is attached, so that its text is its own and not
 * that of the outer one. Mail gateways refuse messages nested deeper; the library recurses once per level.
 */
export const mailOptions = { maxNestingDepth: 200, forceRfc822Attachments: true } as const;

type Part = {
  readonly filename: string | null;
  readonly mimeType: string;
  readonly disposition: string | null;
  readonly related?: boolean;
  readonly content: string | ArrayBuffer | Uint8Array;
};

/** What of a mail's other parts is attached to it; pictures that its text shows are not. */
export function attachmentsOf<Kind extends Pick<Part, 'disposition' | 'related'>>(
  parts: readonly Kind[],
): readonly Kind[] {
  return parts.filter(({ disposition, related }) => disposition !== 'inline' || !related);
}

/** The name that an attachment gives itself, or, of a message, its subject; null when it has neither. */
export async function attachmentName({ filename, mimeType, content }: Part): Promise<string | null> {
  if (filename?.trim()) return filename.trim();
  if (mimeType !== 'message/rfc822') return null;
  const { decodeWords } = await import('postal-mime');
  const head =
    typeof content === 'string'
      ? content.slice(0, 8_192)
      : Buffer.from(content as Uint8Array)
          .subarray(0, 8_192)
          .toString('latin1');
  const subject = /^subject:[ \t]*([^\r\n]*(?:\r?\n[ \t]+[^\r\n]*){0,20})/im.exec(head.split(/\r?\n\r?\n/)[0]!)?.[1];
  return (
    replaceC1Controls(decodeWords((subject ?? '').replace(/\r?\n[ \t]+/g, ' ')))
      .trim()
      .slice(0, 120) || null
  );
}
