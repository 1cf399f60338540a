import { isRagError, RagError } from '../../../platform/errors.ts';
import { type ProcessPool, WorkerLost } from '../../../platform/process-pool.ts';
import type { BytesContent, PageFacts, SitemapFacts } from '../../../source/types.ts';
import type { SiteReply, SiteTask } from './site-task.ts';

/** Reads what a crawl needs to know of HTML and sitemaps, in a process that can be killed. */
export type SiteReader = {
  /** Throws PARSE_* when it cannot be read, and ABORTED once closed. */
  readPage(content: BytesContent, url: string): Promise<PageFacts>;
  readSitemap(bytes: Uint8Array): Promise<SitemapFacts>;
};

export function createSiteReader(pool: ProcessPool<SiteTask, SiteReply>): SiteReader {
  const ask = async (task: SiteTask): Promise<SiteReply> => {
    try {
      const reply = await pool.run(task);
      if (reply.status === 'failed') throw new RagError(reply.code, { message: reply.message });
      return reply;
    } catch (error) {
      if (isRagError(error)) throw error;
      const isClosed = error instanceof WorkerLost && error.reason === 'closed';
      throw new RagError(isClosed ? 'ABORTED' : 'PARSE_FAILED', { message: String(error), cause: error });
    }
  };
  return {
    async readPage(content, url) {
      const reply = await ask({ site: 'page', content, url });
      if (reply.status !== 'page') throw new Error(`A page was asked about, and a ${reply.status} answered.`);
      return reply.facts;
    },
    async readSitemap(bytes) {
      const reply = await ask({ site: 'sitemap', bytes });
      if (reply.status !== 'sitemap') throw new Error(`A sitemap was asked about, and a ${reply.status} answered.`);
      return reply.facts;
    },
  };
}
