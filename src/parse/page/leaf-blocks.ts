import { sha256Short } from '../../platform/hash.ts';
import { isHidden } from '../html-render.ts';

/** A run of text of a page that stands by itself: a paragraph, a heading, a list item, a row of a table. */
export type LeafBlock = {
  /** Siblings, in order. */
  readonly nodes: readonly ChildNode[];
  /** Of its text, 16 hexadecimal digits. */
  readonly hash: string;
  readonly length: number;
  readonly isHeading: boolean;
  /** The table that it is a row of. */
  readonly table: Element | null;
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const UNSEEN = words('SCRIPT STYLE NOSCRIPT TEMPLATE IFRAME OBJECT EMBED SVG CANVAS AUDIO VIDEO HEAD TITLE DIALOG');
const BLOCKS = words(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY BR BUTTON CAPTION CENTER DD DETAILS DIR DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HGROUP HR LEGEND LI MAIN MENU NAV OL OPTION P PRE SECTION SELECT SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL',
);

/**
 * The blocks of a page in order, each with a hash of its words. Rows of tables and preformatted text are one block each.
 * Recursive: check the depth of the source first (`whyNoDom`).
 */
export function leafBlocks(body: Element): LeafBlock[] {
  const found: LeafBlock[] = [];
  const holdsBlock = new Map<Element, boolean>();

  const isBlockInside = (element: Element): boolean => {
    const known = holdsBlock.get(element);
    if (known !== undefined) return known;
    let holds = BLOCKS.has(nameOf(element));
    for (let child = element.firstElementChild; child && !holds; child = child.nextElementSibling) {
      holds = isBlockInside(child);
    }
    holdsBlock.set(element, holds);
    return holds;
  };

  const push = (nodes: readonly ChildNode[], owner: Element): void => {
    const text = nodes.map(seenText).join('').normalize('NFC').replace(/\s+/g, ' ').trim();
    if (text === '') return;
    const name = nameOf(owner);
    found.push({
      nodes,
      hash: Buffer.from(sha256Short(text).subarray(0, 8)).toString('hex'),
      length: text.length,
      isHeading: /^H[1-6]$/.test(name),
      table: name === 'TR' ? owner.closest('table') : null,
    });
  };

  const visit = (element: Element): void => {
    const name = nameOf(element);
    if (UNSEEN.has(name) || isHidden(element)) return;
    const isWhole = name === 'PRE' || (name === 'TR' && element.querySelector('table') === null);
    if (isWhole) {
      push(Array.from(element.childNodes) as ChildNode[], element);
      return;
    }
    let run: ChildNode[] = [];
    const flush = (): void => {
      if (run.length > 0) push(run, element);
      run = [];
    };
    for (const child of Array.from(element.childNodes) as ChildNode[]) {
      if (child.nodeType === 3) run.push(child);
      else if (child.nodeType === 1 && !UNSEEN.has(nameOf(child as unknown as Element))) {
        const inner = child as unknown as Element;
        if (!isBlockInside(inner)) run.push(child);
        else {
          flush();
          visit(inner);
        }
      }
    }
    flush();
  };
  visit(body);
  return found;
}

const nameOf = (element: Element): string => element.tagName.toUpperCase();

/** Without what stands in a page for programs. */
function seenText(node: ChildNode): string {
  if (node.nodeType === 3) return node.nodeValue ?? '';
  if (node.nodeType !== 1) return '';
  const element = node as unknown as Element;
  if (UNSEEN.has(nameOf(element)) || isHidden(element)) return '';
  return (Array.from(element.childNodes) as ChildNode[]).map(seenText).join('');
}
