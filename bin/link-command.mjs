// Makes `npx rag` in a checkout run the built program at once: npx looks into node_modules/.bin first, and would
// otherwise install the checkout into its own cache.
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
if (existsSync(bin) && process.platform !== 'win32') {
  const link = join(bin, 'rag');
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'dist', 'rag.js'), link);
}
