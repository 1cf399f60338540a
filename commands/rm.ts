import type { Command } from 'commander';
import type { DocumentSummary, KnowledgeBase } from '../src/app/types.ts';
import { isRagError } from '../src/platform/errors.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { documentToJson } from '../src/present/json/v1/documents.ts';
import { escapeLine } from '../src/present/text/escape-terminal.ts';
import { countOf } from '../src/present/text/quantities.ts';
import { confirm } from './shared/confirm.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';
import { pastFolder } from './shared/with-history.ts';

type RmFlags = CommonFlags & { readonly yes?: boolean; readonly dryRun?: boolean; readonly purge?: boolean };

export function defineRm(command: Command, context: CommandContext): void {
  command
    .argument('<reference...>', 'documents (path, URL, id), folders, or sources as they were added')
    .option('-y, --yes', 'do not ask before removing more than one document')
    .option('--purge', 'forget their former versions as well, those that a snapshot needs among them')
    .option('--dry-run', 'say what would be removed, and remove nothing')
    .action(context.action((references: string[], flags: RmFlags) => rm(context, references, flags)));
  addExamples(command, [
    ['rag rm handbook/old.md', 'one document'],
    ['rag rm ~/notes -y', 'a source with all its documents'],
    ['rag rm secret.md --purge', 'with all that it said before'],
    ['rag rm drafts --dry-run', 'only say what that would be'],
  ]);
}

async function rm(context: CommandContext, references: readonly string[], flags: RmFlags): Promise<ExitCode> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    // Looked up in full first: one wrong reference removes nothing.
    const affected = unique(references.flatMap((reference) => [...knowledgeBase.remove(reference, { dryRun: true })]));
    if (!flags.dryRun) {
      if (
        affected.length > 1 &&
        !flags.yes &&
        !(await confirm(context, `Remove ${countOf(affected.length, 'document')}?`))
      ) {
        context.stderr.write('Nothing was removed.\n');
        if (flags.json) report(context, [], flags);
        return EXIT.nothingFound;
      }
      await knowledgeBase.whenWritable(context.signal);
      const sources = knowledgeBase.status().sources.length;
      removeAll(knowledgeBase, references);
      await forgetVersions(context, { knowledgeBase, session, affected }, flags.purge ?? false);
      const { sources: left } = knowledgeBase.status();
      if (left.length === sources && left.some(({ kind }) => kind !== 'import')) {
        session.note('Their source is still remembered: `rag sync` takes them in again while they are there.');
      }
    }
    report(context, affected, flags);
    return EXIT.done;
  });
}

function removeAll(knowledgeBase: KnowledgeBase, references: readonly string[]): void {
  for (const reference of references) {
    try {
      knowledgeBase.remove(reference);
    } catch (error) {
      // All were found a moment ago: it lay below an earlier reference and went with that.
      if (!isRagError(error) || error.code !== 'NOT_FOUND') throw error;
    }
  }
}

type Removed = {
  readonly knowledgeBase: KnowledgeBase;
  readonly session: Session;
  readonly affected: readonly DocumentSummary[];
};

/** What was removed can be restored, unless its versions are forgotten as well. */
async function forgetVersions(
  context: CommandContext,
  { knowledgeBase, session, affected }: Removed,
  purge: boolean,
): Promise<void> {
  if (!purge) {
    if (session.config.settings.history.enabled && affected.length > 0)
      session.note(
        '`rag restore` brings them back; to forget what they said, `rag rm --purge` or `rag history --forget`.',
      );
    return;
  }
  const history = await knowledgeBase.history();
  for (const { documentId } of affected) {
    try {
      await history.forget(documentId, { pastFolder: pastFolder(context) });
    } catch (error) {
      // Versions are not kept, so that there is nothing to forget.
      if (!isRagError(error) || error.code !== 'NOT_FOUND') throw error;
    }
  }
}

const unique = (documents: readonly DocumentSummary[]): DocumentSummary[] => [
  ...new Map(documents.map((document) => [document.documentId, document])).values(),
];

function report(context: CommandContext, removed: readonly DocumentSummary[], flags: RmFlags): void {
  const dryRun = flags.dryRun ?? false;
  if (flags.json) {
    context.stdout.write(renderEnvelope('rag.removed/1', { dryRun, documents: removed.map(documentToJson) }));
    return;
  }
  if (flags.quiet) return;
  const shown = flags.verbose || dryRun || removed.length === 1 ? removed : [];
  for (const document of shown)
    context.stdout.write(`${dryRun ? 'would remove' : 'removed'} ${escapeLine(document.path)}\n`);
  if (shown.length === 0) context.stdout.write(`removed ${countOf(removed.length, 'document')}\n`);
}
