import { join } from 'node:path';
import { userFolders } from '../../config/load.ts';

/** Where copies of former states of databases stand. */
export const pastFolder = (environment?: Parameters<typeof userFolders>[0]): string =>
  join(userFolders(environment).cache, 'past');
