/**
 * What markup a text begins with, past white space, comments and an XML declaration: a whole HTML page (not a
 * fragment, which Markdown may begin with too), a web page saved as MIME, a FictionBook, an outline, other XML, or none.
 */
export function htmlStart(head: string): 'html' | 'mhtml' | 'fb2' | 'opml' | 'xml' | null {
  let at = head.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (head.startsWith('\u00ef\u00bb\u00bf')) at = 3;
  let xml = false;
  for (let round = 0; round < 20; round++) {
    while (at < head.length && head.charCodeAt(at) <= 32) at++;
    const close = head.startsWith('<!--', at) ? '-->' : head.startsWith('<?xml', at) ? '?>' : null;
    if (!close) break;
    if (close === '?>') xml = true;
    const end = head.indexOf(close, at);
    if (end < 0) return xml ? 'xml' : null;
    at = end + close.length;
  }
  const start = head.slice(at, at + 200);
  if (/^<(?:!doctype\s+html|html|head|body)(?=[\s>])/i.test(start)) return 'html';
  if (/^<FictionBook\b/.test(start)) return 'fb2';
  if (/^<opml[\s>]/i.test(start)) return 'opml';
  if (/^(?:From|MIME-Version|Content-Type|Subject|Date|Snapshot-Content-Location):/i.test(start)) {
    const headers = head.slice(at, at + 4_000);
    return /^content-type:\s*multipart\/related\b/im.test(headers) && /text\/html/i.test(headers) ? 'mhtml' : null;
  }
  return xml ? 'xml' : null;
}
