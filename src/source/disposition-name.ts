/** Longest name that common file systems hold. */
const MAX_NAME_LENGTH = 255;

/**
 * The file name that a Content-Disposition header proposes, without folders and control characters; null when it
 * proposes none. `filename*` (RFC 5987, UTF-8 only) goes before `filename`.
 */
export function dispositionName(header: string | null): string | null {
  if (header === null) return null;
  const text = header.slice(0, 2_000);
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^;\s]+)/i.exec(text)?.[1];
  const plain = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(text);
  const name = (extended && decodePercent(extended)) ?? plain?.[1]?.replace(/\\(.)/g, '$1') ?? plain?.[2] ?? '';
  const base = name
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .trim()
    .slice(0, MAX_NAME_LENGTH);
  return base === '' || base === '.' || base === '..' ? null : base;
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not UTF-8: the plain parameter is asked instead.
    return null;
  }
}
