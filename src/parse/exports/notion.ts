/** The id that Notion puts at the end of a name; in links its space is escaped. */
const ID_IN_NAME = / [0-9a-f]{32}(?=(?:_all)?(?:\.[A-Za-z]{2,5})?$)/;
const ID_IN_LINK = /(?: |%20)[0-9a-f]{32}(?=[./)"#_]|$)/gm;

/** A path of a Notion export as its pages are called. */
export const notionPath = (path: string): string =>
  path
    .split('/')
    .map((segment) => segment.replace(ID_IN_NAME, ''))
    .join('/');

/** A page of a Notion export with links that name pages as they are called; lines stay where they are. */
export function readNotionPage(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const cleaned = text
    .replace(/\]\([^()\n]{1,2000}\)/g, (link) => link.replace(ID_IN_LINK, ''))
    .replace(/\bhref="[^"\n]{1,2000}"/g, (link) => link.replace(ID_IN_LINK, ''));
  return cleaned === text ? bytes : Buffer.from(cleaned, 'utf8');
}
