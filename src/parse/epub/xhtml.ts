import { flatText } from '../html-flat.ts';
import { type RenderedHtml, renderHtml } from '../html-render.ts';
import { whyNoDom } from '../html-shape.ts';
import { paragraphBlocks } from '../paragraph-blocks.ts';

const voidElements = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/i;

/**
 * All of an XHTML page or an HTML fragment as text with structure: nothing of it is taken for navigation. What a page
 * hides is left out, but in a `scripted` one: there it is what the page shows once its scripts have run.
 */
export async function renderXhtml(source: string, page: { readonly scripted?: boolean } = {}): Promise<RenderedHtml> {
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
  if (page.scripted) showHidden(document);
  return renderHtml(document.body ?? document.documentElement);
}

function showHidden(document: Document): void {
  for (const element of Array.from(document.querySelectorAll('[hidden], [style]'))) {
    element.removeAttribute('hidden');
    element.removeAttribute('style');
  }
}
