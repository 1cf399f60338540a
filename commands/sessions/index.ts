import type { Command } from 'commander';
import type { Sessions } from '../../src/app/chat/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { sessionRecordToJson, sessionToJson } from '../../src/present/json/v1/chat.ts';
import { countOf } from '../../src/present/text/quantities.ts';
import { renderSession, renderSessions } from '../../src/present/text/render-session.ts';
import { confirm } from '../shared/confirm.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, addFormatFlag, type CommonFlags, type FormatFlags, wholeNumber } from '../shared/flags.ts';
import { writeData } from '../shared/output.ts';
import { type Session, startSession, withKnowledgeBase } from '../shared/session.ts';

type ListFlags = CommonFlags & { readonly limit: number };
type RemoveFlags = CommonFlags & { readonly yes?: boolean };

/** Conversations that `rag chat` kept. */
export function defineSessions(command: Command, context: CommandContext): void {
  const run = async (flags: CommonFlags, work: (sessions: Sessions, session: Session) => Promise<ExitCode>) => {
    const session = await startSession(context, flags);
    return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
      work(await knowledgeBase.sessions(), session),
    );
  };
  const envelope = (schema: string, data: object): void => context.stdout.write(renderEnvelope(schema, data));

  command
    .command('list', { isDefault: true })
    .description('List conversations, last used first')
    .option('-n, --limit <number>', 'most conversations', wholeNumber, 20)
    .action(
      context.action((flags: ListFlags) =>
        run(flags, async (sessions, { page, note }) => {
          const found = sessions.list(flags.limit);
          if (flags.json) envelope('rag.sessions/1', { sessions: found.map(sessionToJson) });
          else context.stdout.write(renderSessions(found, page));
          if (found.length > 0) return EXIT.done;
          note('No conversation was saved yet; `rag chat` begins one.');
          return EXIT.nothingFound;
        }),
      ),
    );
  command
    .command('show')
    .description('Print a conversation')
    .argument('<session>', 'its number or name')
    .action(
      context.action((reference: string, flags: CommonFlags) =>
        run(flags, async (sessions, { page }) => {
          const found = sessions.show(reference);
          if (flags.json) envelope('rag.session/1', sessionRecordToJson(found));
          else context.stdout.write(renderSession(found, page));
          return EXIT.done;
        }),
      ),
    );
  command
    .command('rename')
    .description('Give a conversation another name')
    .argument('<session>', 'its number or name')
    .argument('<name>', 'the new name')
    .action(
      context.action((reference: string, name: string, flags: CommonFlags) =>
        run(flags, async (sessions, { note }) => {
          const renamed = sessions.rename(reference, name);
          if (flags.json) envelope('rag.sessions/1', { sessions: [sessionToJson(renamed)] });
          else note(`Number ${renamed.id} is called "${renamed.name}" now.`);
          return EXIT.done;
        }),
      ),
    );
  const exporting = command
    .command('export')
    .description('Write a conversation as Markdown or JSON')
    .argument('<session>', 'its number or name')
    .action(
      context.action((reference: string, flags: FormatFlags) =>
        run(flags, async (sessions) => {
          writeData(context.stdout, sessions.export(reference, flags.json || flags.output === 'json' ? 'json' : 'md'));
          return EXIT.done;
        }),
      ),
    );
  addFormatFlag(exporting, ['md', 'json']);
  command
    .command('rm')
    .description('Forget conversations')
    .argument('<session...>', 'their numbers or names')
    .option('-y, --yes', 'do not ask before')
    .action(
      context.action((references: string[], flags: RemoveFlags) =>
        run(flags, async (sessions, { note }) => {
          const named = references.map((reference) => sessions.find(reference));
          const many = named.map(({ name, turns }) => `"${name}" (${countOf(turns, 'question')})`).join(', ');
          const sure = flags.yes || (await confirm(context, `Forget ${many}?`));
          const removed = sure ? named.map(({ id }) => sessions.remove(String(id))) : [];
          if (flags.json) envelope('rag.sessions/1', { removed: removed.map(sessionToJson) });
          else note(removed.length > 0 ? `Forgot ${many}.` : 'Nothing was forgotten.');
          return sure ? EXIT.done : EXIT.nothingFound;
        }),
      ),
    );
  addExamples(command, [
    ['rag sessions', 'what was talked about'],
    ['rag sessions show 3', 'one conversation'],
    ['rag sessions rename 3 "travel rules"', 'a name to find it by'],
    ['rag sessions export "travel rules" > travel.md', 'to keep or to send'],
    ['rag sessions rm 3 -y', 'forget it, in the file too'],
  ]);
}
