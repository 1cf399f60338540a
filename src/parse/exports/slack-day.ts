import { RagError } from '../../platform/errors.ts';

type Message = {
  readonly type?: string;
  readonly subtype?: string;
  readonly user?: string;
  readonly username?: string;
  readonly bot_profile?: { readonly name?: string };
  readonly user_profile?: { readonly real_name?: string; readonly display_name?: string };
  readonly text?: string;
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly files?: readonly { readonly name?: string; readonly title?: string }[];
  readonly attachments?: readonly { readonly title?: string; readonly text?: string; readonly fallback?: string }[];
};

export type SlackUsers = ReadonlyMap<string, string>;

/** Comings and goings, which say nothing. */
const SILENT = /^(?:channel|group)_(?:join|leave|archive|unarchive|name)$|^(?:bot_add|bot_remove|pinned_item)$/;

/** Names by id, as people are shown; none of what is no list of users. */
export function readSlackUsers(bytes: Uint8Array): SlackUsers {
  const names = new Map<string, string>();
  for (const user of listOf<SlackUser>(bytes) ?? []) {
    const name = [user.profile?.display_name, user.profile?.real_name, user.real_name, user.name].find((each) =>
      each?.trim(),
    );
    if (typeof user.id === 'string' && name) names.set(user.id, String(name).trim());
  }
  return names;
}

type SlackUser = {
  readonly id?: string;
  readonly name?: string;
  readonly real_name?: string;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string };
};

/**
 * A day of a channel of a Slack export as Markdown: each message with who wrote it and when (UTC), and what was answered
 * in its thread that day under it. Null for what is no list of messages; throws PARSE_NO_TEXT for a day without any.
 */
export function readSlackDay(
  bytes: Uint8Array,
  day: { channel: string; date: string; users: SlackUsers },
): Uint8Array | null {
  const entries = listOf<Message>(bytes);
  if (entries === null || (entries.length > 0 && !entries.some(({ ts }) => typeof ts === 'string'))) return null;
  const messages = entries
    .filter(({ type, subtype, ts }) => type === 'message' && typeof ts === 'string' && !SILENT.test(subtype ?? ''))
    .sort((a, b) => Number(a.ts) - Number(b.ts));
  const said = messages.filter((message) => textOf(message, day.users) !== '');
  if (said.length === 0) throw new RagError('PARSE_NO_TEXT', { message: 'Nobody wrote anything on this day.' });
  const starts = new Set(said.filter(isStart).map(({ ts }) => ts));
  const lines = [`# #${day.channel}, ${day.date}`];
  for (const message of said) {
    if (!isStart(message) && starts.has(message.thread_ts)) continue;
    const isLate = !isStart(message);
    lines.push(paragraph(message, day.users, isLate ? ' (in an earlier thread)' : ''));
    const replies = said.filter((reply) => reply !== message && !isStart(reply) && reply.thread_ts === message.ts);
    for (const reply of replies) lines.push(paragraph(reply, day.users, '').replace(/^/gm, '> '));
  }
  return Buffer.from(`${lines.join('\n\n')}\n`, 'utf8');
}

const isStart = ({ ts, thread_ts }: Message): boolean => thread_ts === undefined || thread_ts === ts;

function paragraph(message: Message, users: SlackUsers, note: string): string {
  const time = new Date(Number(message.ts) * 1000);
  const shown = Number.isNaN(time.getTime()) ? '' : ` ${time.toISOString().slice(11, 16)}`;
  return `**${nameOf(message, users)}**${shown}${note}: ${textOf(message, users)}`;
}

function nameOf({ user, username, bot_profile, user_profile }: Message, users: SlackUsers): string {
  const known = user === undefined ? undefined : users.get(user);
  return (
    known ??
    user_profile?.display_name ??
    user_profile?.real_name ??
    bot_profile?.name ??
    username ??
    user ??
    'somebody'
  );
}

function textOf({ text = '', files = [], attachments = [] }: Message, users: SlackUsers): string {
  const parts = [
    unmarked(String(text), users),
    ...attachments.map(({ title, text, fallback }) =>
      unmarked([title, text ?? fallback].filter(Boolean).join('\n'), users),
    ),
    ...files
      .map(({ title, name }) => title ?? name ?? '')
      .filter(Boolean)
      .map((file) => `[file: ${file}]`),
  ];
  return parts.filter((part) => part.trim() !== '').join('\n');
}

/** Slack's mark-up of users, channels and links as people see it. */
function unmarked(text: string, users: SlackUsers): string {
  return text
    .replace(
      /<@([A-Z0-9]{1,20})(?:\|([^>]{0,100}))?>/g,
      (_all, id: string, label?: string) => `@${users.get(id) ?? label ?? id}`,
    )
    .replace(/<#[A-Z0-9]{1,20}\|([^>]{1,100})>/g, '#$1')
    .replace(/<!(?:subteam\^[A-Z0-9]+\|)?@?([^>|]{1,100})(?:\|[^>]{0,100})?>/g, '@$1')
    .replace(/<((?:https?|mailto):[^>|\s]{1,2000})\|([^>]{1,500})>/g, (_all, url: string, label: string) =>
      url.endsWith(label) ? url : `${label} (${url})`,
    )
    .replace(/<((?:https?|mailto):[^>|\s]{1,2000})>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

/** Null for what is no list. */
function listOf<Entry>(bytes: Uint8Array): Entry[] | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return null;
    return value.filter((entry) => typeof entry === 'object' && entry !== null) as Entry[];
  } catch {
    // The parser of JSON says what is wrong with it.
    return null;
  }
}
