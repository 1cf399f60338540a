import type { AppContext } from '../app-context.ts';
import { findByReference, notFound } from '../references.ts';
import { scanText, sumScan } from './scan-text.ts';
import type { PiiDocument, Privacy } from './types.ts';

export function createPrivacy({ store, settings }: AppContext): Privacy {
  return {
    scanStored({ reference, filter = {} }) {
      const all = store.documents(filter, Number.MAX_SAFE_INTEGER, 0);
      const named = reference === undefined ? all : findByReference(store, reference);
      const folder = reference?.replace(/\/+$/, '');
      const below = all.filter(
        ({ path, source }) => path.startsWith(`${folder}/`) || source.uri.startsWith(`${folder}/`),
      );
      const chosen = named.length > 0 ? named : below;
      if (chosen.length === 0 && reference !== undefined) throw notFound(store, reference);
      const found: PiiDocument[] = [];
      for (const { row, path, source } of chosen) {
        const { text, firstLine } = store.document(row);
        const scanned = scanText({ path, uri: source.uri, text, firstLine }, settings);
        if (scanned) found.push(scanned);
      }
      return sumScan(found, chosen.length);
    },
  };
}
