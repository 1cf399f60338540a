/** File systems refuse more than 255 bytes; four for a character and some for an ending. */
const MAX_PART = 60;
const MAX_DEPTH = 30;
/** Names that Windows keeps for devices. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A path below a folder for what is shown as `path`: no part of it leads out of the folder, none is refused by a common
 * file system, and none is hidden. `seen` holds the names in use, in lower case, and gets the new one.
 */
export function markdownFileName(path: string, seen: Set<string>): string {
  const parts = path
    .replace(/^[a-z]+:\/\//i, '')
    .split(/[/\\]+/)
    .map(safePart)
    .filter((part) => part !== '')
    .slice(-MAX_DEPTH);
  const stem = parts.join('/').replace(/\.(md|markdown)$/i, '') || 'document';
  for (let count = 1; ; count++) {
    const name = `${stem}${count === 1 ? '' : `-${count}`}.md`;
    if (seen.has(name.toLowerCase())) continue;
    seen.add(name.toLowerCase());
    return name;
  }
}

function safePart(part: string): string {
  const plain = part
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"|?*\ud800-\udfff]/gu, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...plain].slice(0, MAX_PART).join('');
  return RESERVED.test(short) ? `_${short}` : short;
}
