import { formulaOf } from './html-math.ts';

/** Names that page builders give to what surrounds an article; matched against single words of class and id. */
const BOILERPLATE =
  /(?:^|[\s_-])(?:breadcrumbs?|newsletter|subscribe|subscription|sign-?up|related|recommend(?:ed|ations?)?|share|sharing|social|share-?bar|share-?tools|author-?(?:bio|box|info|card)|about-?(?:the-?)?author|bio|comments?-?(?:area|list|form|section|respond)|disqus|respond|promo|promoted|sponsored?|advert(?:isement)?|ads?|ad-?container|cookie|consent|gdpr|popup|modal|outbrain|taboola|trending|most-?read|read-?(?:next|more)|more-?(?:stories|articles|news|from)|up-?next|sidebar|pagination|pager|post-?navigation|site-?(?:header|footer|nav)|skip-?link|tag-?(?:list|cloud)|print-?only|screen-?reader-?text|sr-only|visually-?hidden|paywall|gutter|line-?numbers?|linenos?)(?=[\s_-]|$)/i;

const ROLES = new Set([
  'navigation',
  'complementary',
  'contentinfo',
  'search',
  'dialog',
  'alertdialog',
  'banner',
  'menu',
  'menubar',
]);

/** An element with more than this share of the page's words is the page, whatever its class says. */
const MAX_SHARE = 0.3;

/**
 * Puts formulas into words, and takes out of the body what its markup calls navigation, sharing, promotion or comments, as long as most of the page
 * stays. Linear in the elements, plus the text of those that match.
 */
export function pruneBoilerplate(body: Element): void {
  for (const element of Array.from(body.querySelectorAll('script, style, noscript, template, math, img'))) {
    const formula = formulaOf(element);
    if (formula !== null) element.replaceWith(element.ownerDocument.createTextNode(` ${formula} `));
    else if (element.tagName.toUpperCase() !== 'IMG') element.remove();
  }
  pruneOtherArticles(body);
  const total = (body.textContent ?? '').length;
  for (const element of Array.from(body.querySelectorAll('nav, footer, aside, [role], [class], [id]'))) {
    if (!isBoilerplate(element) || !element.parentNode) continue;
    const name = element.tagName.toUpperCase();
    if (name === 'BODY' || name === 'MAIN' || name === 'ARTICLE' || name === 'HTML') continue;
    if ((element.textContent ?? '').length > total * MAX_SHARE) continue;
    if (element.querySelector('article, main')) continue;
    element.remove();
  }
}

/** Beside an article several times as long as any other, the others are teasers; a list of posts is more even. */
function pruneOtherArticles(body: Element): void {
  const articles = Array.from(body.querySelectorAll('article'))
    .filter((article) => !article.parentElement?.closest('article'))
    .map((article) => ({ article, length: (article.textContent ?? '').length }))
    .sort((a, b) => b.length - a.length);
  const [longest, second] = articles;
  if (!longest || !second || longest.length < 1_500 || longest.length < second.length * 4) return;
  for (const { article } of articles.slice(1)) article.remove();
}

function isBoilerplate(element: Element): boolean {
  const name = element.tagName.toUpperCase();
  if (name === 'NAV') return true;
  if (name === 'FOOTER' || name === 'ASIDE') return !element.closest('article, blockquote') || hasName(element);
  const role = element.getAttribute('role');
  return (role !== null && ROLES.has(role)) || hasName(element);
}

function hasName(element: Element): boolean {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`.slice(0, 500);
  return BOILERPLATE.test(names.replace(/([a-z])([A-Z])/g, '$1-$2'));
}
