import type { Settings } from '../../config/types.ts';
import { contentHashOf } from '../../privacy/content-hash.ts';
import type { PiiCount, Treatment } from '../../privacy/types.ts';
import { chunkingOf } from '../ingest/read-item.ts';
import { cutText } from '../ingest/rechunk-stored.ts';
import { treatParsed } from '../ingest/treat-parsed.ts';
import { treatmentPlan } from '../privacy/treatment-plan.ts';
import type { ReadDocument } from './read-exported.ts';

export type TreatedImport = { readonly document: ReadDocument; readonly pii?: readonly PiiCount[] };

/**
 * A document of an export as it may be stored. Where personal data is taken out of it, its passages are cut anew, without
 * the vectors of the file, which say what they were made from. Throws PRIVACY_REFUSED where such is refused.
 */
export function treatImported(
  read: ReadDocument,
  settings: Settings,
  asked: Treatment | 'off' | undefined,
): TreatedImport {
  const plan = treatmentPlan(settings, asked);
  if (plan === null) return { document: read };
  const { document, pii = [] } = treatParsed({ ...read, blocks: [], warnings: [] }, read.path, plan);
  if (pii.length === 0) return { document: read };
  if (plan.treatment === 'report') return { document: read, pii };
  const { text, sections, tags, metadata } = document;
  const title = document.title ?? read.title;
  const ownTitle = read.ownTitle === null ? null : title;
  const { chunks, mentions } = cutText({ ...document, title: ownTitle }, [], chunkingOf(settings, {}));
  const contentHash = contentHashOf(Buffer.from(read.contentHash), plan);
  return {
    document: { ...read, text, title, ownTitle, sections, tags, metadata, contentHash, chunks, mentions },
    pii,
  };
}
