import type { AppContext } from '../app-context.ts';
import { backup } from './backup.ts';
import { compact } from './compact.ts';
import type { Maintenance } from './types.ts';
import { verify } from './verify/verify.ts';

/** Looking after the file as a whole. */
export const createMaintenance = (context: AppContext): Maintenance => ({
  verify: (options) => verify(context, options),
  backup: (options) => backup(context, options),
  compact: (signal) => compact(context, signal),
});
