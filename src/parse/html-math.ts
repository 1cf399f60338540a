/** MathJax 2 keeps formulas as TeX in script elements of a type of its own. */
const isTex = (element: Element): boolean =>
  element.tagName.toUpperCase() === 'SCRIPT' && /^math\/tex\b/i.test(element.getAttribute('type') ?? '');

/** A formula as TeX between dollar signs, from MathML, MathJax or an image with its source; null for anything else. */
export function formulaOf(element: Element): string | null {
  const name = element.tagName.toUpperCase();
  if (name === 'MATH') {
    const annotation = element.querySelector('annotation[encoding="application/x-tex"]')?.textContent;
    const tex = annotation ?? element.getAttribute('alttext');
    return tex ? `$${tex.trim()}$` : (element.textContent ?? '');
  }
  if (isTex(element)) return `$${(element.textContent ?? '').trim()}$`;
  if (
    name !== 'IMG' ||
    !/(?:^|[\s_-])(?:latex|tex|math|equation)(?=[\s_-]|$)/i.test(element.getAttribute('class') ?? '')
  ) {
    return null;
  }
  const alt = element.getAttribute('alt')?.trim();
  return alt ? `$${alt}$` : null;
}
