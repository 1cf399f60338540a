import { flatText } from '../html-flat.ts';
import { type RenderedHtml, renderHtml } from '../html-render.ts';
import { whyNoDom } from '../html-shape.ts';
import { paragraphBlocks } from '../paragraph-blocks.ts';

const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/** All of an XHTML page or an HTML fragment as text with structure: nothing of it is taken for navigation. */
export async function renderXhtml(source: string): Promise<RenderedHtml> {
  // An HTML parser reads `<title/>` as an open tag, and the rest of the page as its text.
  const html = source.replace(/<([a-zA-Z][\w:-]*)((?:\s[^<>]*)?)\/>/g, (tag, name: string, rest: string) =>
    voidElements.test(name) ? tag : `<${name}${rest}></${name}>`,
  );
  if (whyNoDom(html) !== null) {
    const text = flatText(html);
    return { text, blocks: paragraphBlocks(text), sections: [] };
  }
  const { parseHTML } = await import('linkedom');
  const whole = /<(?:html|body)[\s>]/i.test(html) ? html : `<html><head></head><body>${html}</body></html>`;
  const document = parseHTML(whole).document as unknown as Document;
  return renderHtml(document.body ?? document.documentElement);
}
