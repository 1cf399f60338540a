/** Text that stays text inside a line of Markdown. */
export const inMarkdown = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>]/g, '\\$&');

/** XML 1.0 has no way to write most control characters and halves of pairs; they become U+FFFD. */
export const inXml = (text: string): string =>
  text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\r/g, '&#13;');

/** In an attribute a reader of XML takes line ends and tabs for spaces, unless they are written out. */
export const inAttribute = (text: string): string => inXml(text).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;');
