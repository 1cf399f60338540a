import { stringify } from 'yaml';
import type { ExportedDocument } from '../../app/transfer/types.ts';

/** The document as a Markdown file: front matter that says where it comes from, then its text. */
export function renderMarkdownDocument({ document }: Pick<ExportedDocument, 'document'>): string {
  const { source, tags, language, text } = document;
  const facts = {
    title: source.title,
    source: source.uri,
    ...(source.modifiedAt !== null && { modified: source.modifiedAt }),
    ...(language !== null && { language }),
    ...(tags.length > 0 && { tags: [...tags] }),
  };
  const own = /^---\n[\s\S]*?\n---\n/.exec(text);
  // Its own front matter stays, and says for itself what it says.
  if (own) return `---\n${stringify({ source: source.uri })}${text.slice(4)}${text.endsWith('\n') ? '' : '\n'}`;
  const body = source.type === 'code' ? `\`\`\`\`\n${text}\n\`\`\`\`` : text;
  return `---\n${stringify(facts)}---\n\n${body}${body.endsWith('\n') ? '' : '\n'}`;
}
