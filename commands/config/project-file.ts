import { join } from 'node:path';
import { CONFIG_FILE, nearestAbove, PROJECT_FOLDER } from '../../src/config/database-path.ts';

/** `config.toml` of the nearest `.rag` folder upwards, whether or not the file exists; null without such a folder. */
export function projectFileFor(workingFolder: string): string | null {
  const folder = nearestAbove(workingFolder, PROJECT_FOLDER);
  return folder === null ? null : join(folder, CONFIG_FILE);
}
