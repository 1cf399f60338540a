import type { Settings } from '../../config/types.ts';
import type { PiiKind } from '../../domain/pii-kinds.ts';
import { countFindings } from '../../privacy/count-findings.ts';
import { findPii } from '../../privacy/find-pii.ts';
import { lineCounter } from '../ingest/line-counter.ts';
import type { PiiDocument, PiiScan } from './types.ts';

/** Places of one document that are told one by one. */
const MAX_PLACES = 1000;

export type ScannedText = {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  readonly firstLine: number | null;
};

/** What of a text is personal, as the settings ask; null when nothing is. */
export function scanText({ path, uri, text, firstLine }: ScannedText, { privacy }: Settings): PiiDocument | null {
  const kinds = privacy.kinds as readonly PiiKind[];
  const findings = findPii(text, { kinds, allow: privacy.allow, region: privacy.region ?? null });
  if (findings.length === 0) return null;
  const lineAt = lineCounter(text, firstLine ?? 1);
  return {
    path,
    uri,
    counts: countFindings(text, findings, { firstLine }),
    places: findings
      .slice(0, MAX_PLACES)
      .map(({ kind, rule, span, confidence }) => ({ kind, rule, line: lineAt(span.start), confidence })),
  };
}

export function sumScan(documents: readonly PiiDocument[], read: number, failures: PiiScan['failures'] = []): PiiScan {
  const counts: Record<string, number> = {};
  for (const document of documents)
    for (const { kind, count } of document.counts) counts[kind] = (counts[kind] ?? 0) + count;
  return { documents, counts, read, failures };
}
