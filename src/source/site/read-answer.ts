import { isRagError, RagError } from '../../platform/errors.ts';
import { sha256Hex } from '../../platform/hash.ts';
import type { ResponseHead } from '../../platform/http/exchange.ts';
import type { BytesContent } from '../types.ts';
import { isHtml, pageContent } from './page-content.ts';
import { pageUrl } from './page-url.ts';
import { indexRules } from './robot-rules.ts';
import type { SiteScope } from './site-scope.ts';
import type { PageFacts, RememberedPage } from './types.ts';

/** Validators longer than this are no validators. */
const MAX_VALIDATOR_LENGTH = 500;

export type ReadPage = (content: BytesContent, url: string) => Promise<PageFacts>;

export type ReadAnswer = {
  readonly page: RememberedPage;
  readonly content: BytesContent;
  readonly mtimeMs: number | null;
  /** Links that lead out of the site. */
  readonly outside: readonly string[];
  /** It asks not to be stored. */
  readonly isNoindex: boolean;
};

/**
 * A page that was sent, as it is remembered. Throws SOURCE_REFUSED for what is no document, ABORTED, and SOURCE_FAILED
 * for an empty body.
 */
export async function readAnswer(
  answer: { readonly head: ResponseHead; readonly bytes: Uint8Array },
  parts: {
    readonly url: string;
    readonly depth: number;
    readonly scope: SiteScope;
    readonly readPage: ReadPage;
    readonly nowMs: number;
  },
): Promise<ReadAnswer> {
  const { head, bytes } = answer;
  const { url, depth, scope, readPage, nowMs } = parts;
  if (bytes.byteLength === 0)
    throw new RagError('SOURCE_FAILED', { message: 'The answer is empty.', details: { empty: true } });
  const content = pageContent(head, bytes);
  const facts = isHtml(content) ? await factsOf(content, url, readPage) : NO_FACTS;
  const { index, follow } = indexRules(head.header('x-robots-tag'), facts.robots);
  const links = new Set<string>();
  const outside: string[] = [];
  for (const text of follow ? facts.links : []) {
    const link = pageUrl(text, url);
    const judgement = link === null ? null : scope.judge(link);
    if (judgement?.kind === 'outside') outside.push(link!);
    else if (judgement && judgement.url !== url) links.add(judgement.url);
  }
  return {
    content,
    mtimeMs: dateMs(head.header('last-modified'), nowMs),
    outside,
    isNoindex: !index,
    page: {
      uri: url,
      depth,
      use: index && scope.wantsText(url) ? 'text' : 'links',
      etag: validator(head.header('etag')),
      lastModified: validator(head.header('last-modified')),
      contentHash: sha256Hex(bytes),
      links: [...links],
      canonical: canonicalIn(facts, url, scope),
      blocks: facts.blocks,
      leftOut: null,
      checkedAt: new Date(nowMs).toISOString(),
    },
  };
}

const NO_FACTS: PageFacts = { links: [], canonical: null, robots: '', blocks: [] };

/** A page that cannot be read leads nowhere; that it cannot be read is told when its text is. */
async function factsOf(content: BytesContent, url: string, readPage: ReadPage): Promise<PageFacts> {
  try {
    return await readPage(content, url);
  } catch (error) {
    if (isRagError(error) && error.code !== 'ABORTED') return NO_FACTS;
    throw error;
  }
}

/** Null when it is the page itself, or no page of the site. */
function canonicalIn({ canonical }: PageFacts, url: string, scope: SiteScope): string | null {
  const own = canonical === null ? null : pageUrl(canonical, url);
  const judgement = own === null ? null : scope.judge(own);
  return judgement?.kind === 'inside' && judgement.url !== url ? judgement.url : null;
}

const validator = (value: string | null): string | null =>
  value !== null && value !== '' && value.length <= MAX_VALIDATOR_LENGTH ? value : null;

/** A clock that runs ahead by less than a day is a clock, not a mistake. */
function dateMs(text: string | null, nowMs: number): number | null {
  const parsed = Date.parse(text ?? '');
  return Number.isNaN(parsed) || parsed < 0 || parsed > nowMs + 86_400_000 ? null : parsed;
}
