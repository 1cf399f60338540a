import type { Reranker } from '../../../rerank/types.ts';
import type { RemoteGuard } from './remote-guard.ts';

/** The reranker, which is given question and passages without personal data. Throws PRIVACY_REFUSED besides. */
export const guardReranker = (reranker: Reranker, guard: RemoteGuard): Reranker => ({
  name: reranker.name,
  async rerank({ query, passages, signal }) {
    const [asked, ...given] = (await guard.send([query, ...passages])).texts.map(({ text }) => text);
    return reranker.rerank({ query: asked ?? '', passages: given, signal });
  },
  close: () => reranker.close?.(),
});
