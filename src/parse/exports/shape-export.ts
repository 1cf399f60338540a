import { RagError } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/hash.ts';
import type { ExportReading, ItemContent } from '../../source/types.ts';
import { readConfluencePage } from './confluence.ts';
import { readNotionPage } from './notion.ts';
import { readSlackDay, readSlackUsers, type SlackUsers } from './slack-day.ts';

const HEAD_BYTES = 8_192;

export type ShapeOptions = {
  readonly as: ExportReading;
  readonly name: string;
  /** Reads what of the export is needed besides. */
  readonly read: (content: ItemContent) => Promise<Uint8Array>;
};

/**
 * A file of another program's export as a document that the parsers read, with the name that says how. Throws
 * PARSE_LEFT_OUT for what only serves the others, else as the reader of its format does.
 */
export async function shapeExport(
  bytes: Uint8Array,
  { as, name, read }: ShapeOptions,
): Promise<{ readonly bytes: Uint8Array; readonly name: string }> {
  switch (as.format) {
    case 'notion':
      return { bytes: readNotionPage(bytes), name };
    case 'confluence':
      return { bytes: readConfluencePage(bytes), name };
    case 'slack-day': {
      const users = await usersOf(as.users, read);
      const date = name.slice(0, 10);
      const day = readSlackDay(bytes, { channel: as.channel, date, users });
      return day ? { bytes: day, name: `${as.channel}-${date}.md` } : { bytes, name };
    }
    case 'part': {
      const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, HEAD_BYTES)).toString('utf8');
      if (new RegExp(as.pattern).test(head)) throw new RagError('PARSE_LEFT_OUT', { message: as.message });
      return { bytes, name };
    }
    case 'stack-exchange':
      return { bytes, name };
  }
}

let lastUsers: { readonly key: string; readonly users: SlackUsers } | null = null;

/** A process reads many days of one export, one after another. */
async function usersOf(content: ItemContent, read: ShapeOptions['read']): Promise<SlackUsers> {
  const bytes = await read(content);
  const key = sha256Hex(bytes);
  if (lastUsers?.key !== key) lastUsers = { key, users: readSlackUsers(bytes) };
  return lastUsers.users;
}
