import type { PiiScan } from '../../../app/privacy/types.ts';

/** Data of `rag.pii-scan/1`. No value that was found is part of it. */
export const piiScanToJson = ({ documents, counts, read, failures }: PiiScan) => ({
  read,
  counts,
  documents: documents.map(({ path, uri, counts: each, places }) => ({
    path,
    uri,
    counts: each,
    places: places.map(({ kind, rule, line, confidence }) => ({ kind, rule, line, confidence })),
  })),
  failures: failures.map(({ path, message }) => ({ path, message })),
});
