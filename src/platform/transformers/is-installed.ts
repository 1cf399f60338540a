import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const PACKAGE = '@huggingface/transformers';

/** Whether this program would find the library, without loading it. */
export const isInstalled = (moduleUrl: string = import.meta.url): boolean =>
  (createRequire(moduleUrl).resolve.paths(PACKAGE) ?? []).some((folder) =>
    existsSync(join(folder, PACKAGE, 'package.json')),
  );
