import { readPage } from '../../../parse/page/read-page.ts';
import { readSitemap } from '../../../parse/page/read-sitemap.ts';
import { isRagError, messageOf, type RagErrorCode } from '../../../platform/errors.ts';
import type { BytesContent, PageFacts, SitemapFacts } from '../../../source/types.ts';

/** What a worker is asked about a site while it is crawled. */
export type SiteTask =
  | { readonly site: 'page'; readonly content: BytesContent; readonly url: string }
  | { readonly site: 'sitemap'; readonly bytes: Uint8Array };

export type SiteReply =
  | { readonly status: 'page'; readonly facts: PageFacts }
  | { readonly status: 'sitemap'; readonly facts: SitemapFacts }
  | { readonly status: 'failed'; readonly code: RagErrorCode; readonly message: string };

/** Never throws: every failure is a reply with its reason. */
export async function runSiteTask(task: SiteTask): Promise<SiteReply> {
  try {
    return task.site === 'page'
      ? { status: 'page', facts: await readPage(task.content, task.url) }
      : { status: 'sitemap', facts: readSitemap(task.bytes) };
  } catch (error) {
    return { status: 'failed', code: isRagError(error) ? error.code : 'PARSE_FAILED', message: messageOf(error) };
  }
}
