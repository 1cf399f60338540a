import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Folder that `rag init` makes: the database and the project's configuration. */
export const PROJECT_FOLDER = '.rag';
export const DATABASE_FILE = 'rag.db';
export const CONFIG_FILE = 'config.toml';

export type DatabaseChoice = {
  /** Absolute path; the file need not exist. */
  readonly path: string;
  readonly reason: 'flag' | 'environment' | 'project' | 'user';
};

export type DatabaseQuestion = {
  /** `--db`. */
  readonly flag?: string;
  /** RAG_DB. */
  readonly environment?: string;
  readonly workingFolder: string;
  /** Where the user's own database lives. */
  readonly dataFolder: string;
};

/**
 * Which database file a command works on: `--db`, else RAG_DB, else the nearest `.rag/rag.db` upwards, else the one in
 * the user's data folder.
 */
export function chooseDatabasePath(question: DatabaseQuestion): DatabaseChoice {
  const { flag, environment, workingFolder, dataFolder } = question;
  if (flag !== undefined) return { path: resolve(workingFolder, flag), reason: 'flag' };
  if (environment !== undefined) return { path: resolve(workingFolder, environment), reason: 'environment' };
  const project = nearestAbove(workingFolder, join(PROJECT_FOLDER, DATABASE_FILE));
  if (project !== null) return { path: project, reason: 'project' };
  return { path: join(dataFolder, DATABASE_FILE), reason: 'user' };
}

/** Absolute path of the nearest existing `relativePath` in a folder or one above it; null when there is none. */
export function nearestAbove(folder: string, relativePath: string): string | null {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const candidate = join(current, relativePath);
    if (existsSync(candidate)) return candidate;
    if (dirname(current) === current) return null;
  }
}
