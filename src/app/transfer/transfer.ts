import type { AppContext } from '../app-context.ts';
import { exportDocuments } from './export-documents.ts';
import { importLines } from './import-lines.ts';
import type { Transfer } from './types.ts';

/** Moving documents out of a knowledge base and into one. */
export const createTransfer = (context: AppContext): Transfer => ({
  export: (options) => exportDocuments(context, options),
  import: (lines, options) => importLines(context, lines, options),
});
