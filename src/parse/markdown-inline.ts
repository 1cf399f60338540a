/** One line of Markdown without its inline marks: `**[a](b)** \`c\`` becomes `a c`. For titles; at most 500 characters. */
export function inlineText(markdown: string): string {
  return markdown
    .slice(0, 500)
    .replace(/!?\[([^[\]]{0,300})\](?:\([^()\s]{0,300}(?:\s+"[^"]{0,200}")?\)|\[[^\]]{0,100}\])/g, '$1')
    .replace(/<\/?[a-zA-Z][^<>]{0,300}>/g, '')
    .replace(/\{[#.:][^{}]{0,100}\}\s*$/, '')
    .replace(/(\*\*|__|~~|`+)(?=\S)([^\n]{1,300}?)\1/g, '$2')
    .replace(/(?<![\w*])([*_])(?=\S)([^*_\n]{1,300})\1(?!\w)/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
