import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ListModelsOptions } from '../../src/app/models/list-models.ts';
import type { SpaceFigures } from '../../src/app/models/types.ts';
import { userFolders } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/types.ts';
import { createProxiedFetch } from '../../src/platform/http/proxied-fetch.ts';
import type { CommandContext } from '../shared/context.ts';
import type { CommonFlags } from '../shared/flags.ts';
import { type Session, startSession, withKnowledgeBase } from '../shared/session.ts';

export type ModelsAt = {
  readonly session: Session;
  readonly options: ListModelsOptions;
  /** Of the database that was chosen; empty where there is none yet. */
  readonly spaces: readonly SpaceFigures[];
};

/** What is known before any model is looked at: the settings, and the vectors of the database if there is one. */
export async function modelsAt(context: CommandContext, flags: CommonFlags): Promise<ModelsAt> {
  const session = await startSession(context, flags);
  const spaces = existsSync(session.database.path)
    ? await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) =>
        (await knowledgeBase.vectorModels()).spaces(),
      )
    : [];
  const options: ListModelsOptions = {
    settings: session.config.settings,
    runtime: { fetch: modelFetch(session.config.settings) },
    cacheFolder: modelFolder(context),
    activeSpace: spaces.find(({ state }) => state === 'active') ?? null,
    signal: context.signal,
  };
  return { session, options, spaces };
}

/** Where models of the Hub are kept. */
export const modelFolder = ({ environment }: CommandContext): string => join(userFolders(environment).cache, 'models');

/** Through the proxy, where one is set. */
export const modelFetch = ({ http }: Settings): typeof globalThis.fetch => createProxiedFetch(http);
