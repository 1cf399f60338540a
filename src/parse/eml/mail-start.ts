const telling = new Set([
  'from',
  'to',
  'cc',
  'subject',
  'date',
  'received',
  'message-id',
  'mime-version',
  'return-path',
  'delivered-to',
  'content-type',
  'reply-to',
  'dkim-signature',
]);
// A letter quoted in a text begins with "From:" and "To:" too; two lines are no header block.
const fewestTelling = 3;

/** Whether a text begins with the header block of a mail (RFC 5322) or with the first line of a mailbox (RFC 4155). */
export function isMailStart(head: string): boolean {
  if (/^From \S+ .{0,80}\d{1,2}:\d{2}.{0,40}\d{4}\r?\n/.test(head)) return true;
  const found = new Set<string>();
  for (const line of head.split(/\r?\n/)) {
    if (line === '') break;
    if (/^[ \t]/.test(line)) continue;
    const name = /^([A-Za-z][\w-]{1,60}):/.exec(line)?.[1]?.toLowerCase();
    // The last line of the piece that was looked at may be cut.
    if (name === undefined) return found.size >= fewestTelling && head.endsWith(line);
    if (telling.has(name)) found.add(name);
  }
  return found.size >= fewestTelling;
}
