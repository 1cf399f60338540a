import type { EntityGraph } from '../../src/app/graph/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import type { CommandContext } from '../shared/context.ts';
import type { ExitCode } from '../shared/exit-code.ts';
import type { CommonFlags } from '../shared/flags.ts';
import { type Session, startSession, withKnowledgeBase } from '../shared/session.ts';

export type GraphFlags = CommonFlags & { readonly limit?: number };

/** Opens the graph of the chosen database, and says what came of it as the flags want it. */
export type GraphRunner = {
  run(flags: GraphFlags, work: (graph: EntityGraph, session: Session) => Promise<ExitCode>): Promise<ExitCode>;
  write(flags: GraphFlags, schema: string, data: unknown, text: string): void;
};

export const createGraphRunner = (context: CommandContext): GraphRunner => ({
  async run(flags, work) {
    const session = await startSession(context, flags);
    return await withKnowledgeBase(context, session, { create: false }, async (knowledgeBase) =>
      work(await knowledgeBase.graph(), session),
    );
  },
  write: (flags, schema, data, text) => context.stdout.write(flags.json ? renderEnvelope(schema, data) : text),
});
