import type { ReEmbedEvent, ReEmbedReport, VectorModels } from '../../src/app/models/types.ts';
import { renderEnvelope, renderLine } from '../../src/present/json/stringify.ts';
import { reEmbedEventToLine, reEmbedToJson } from '../../src/present/json/v1/models.ts';
import { nameOfSpace, renderReEmbed } from '../../src/present/text/render-re-embed.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { type FormatFlags, formatOf } from '../shared/flags.ts';
import { createProgressLine } from '../shared/progress.ts';
import { type Session, startSession, withKnowledgeBase } from '../shared/session.ts';

/** Changes the vectors of the chosen database, shows how it goes, and reports at the end. */
export async function runReEmbed(
  context: CommandContext,
  { flags, schema }: { readonly flags: FormatFlags; readonly schema: string },
  start: (models: VectorModels) => AsyncIterable<ReEmbedEvent>,
): Promise<ExitCode> {
  const { stdout, stderr } = context;
  const session = await startSession(context, flags);
  const format = formatOf(flags);
  const report = await withKnowledgeBase(
    context,
    session,
    { create: false, verbose: flags.verbose },
    async (knowledgeBase) => {
      const progress = createProgressLine(stderr);
      let name = '';
      let last: ReEmbedReport | undefined;
      try {
        for await (const event of start(await knowledgeBase.vectorModels())) {
          if (format === 'jsonl') stdout.write(renderLine(reEmbedEventToLine(event)));
          if (event.type === 'reembed-start') name = nameOfSpace(event.to);
          if (event.type === 'reembed-progress' && !flags.quiet) progress.update({ ...event, path: name });
          if (event.type === 'reembed-end') last = event.report;
        }
      } finally {
        progress.clear();
      }
      return last;
    },
  );
  if (!report) return EXIT.interrupted;
  if (format === 'json') stdout.write(renderEnvelope(schema, reEmbedToJson(report)));
  if (format === 'text' && !flags.quiet) stdout.write(renderReEmbed(report));
  for (const note of report.notes) session.note(note);
  warnOfSetting(session, report);
  return report.outcome === 'interrupted' ? EXIT.interrupted : EXIT.done;
}

/** A setting that names another model makes searches refuse the vectors. */
function warnOfSetting({ config, warn }: Session, { outcome, to }: ReEmbedReport): void {
  const configured = config.settings.embedder.model;
  if (outcome === 'interrupted' || configured === undefined) return;
  if (configured === to.provider || configured === `${to.provider}/${to.model}`) return;
  const { kind, where } = config.origins['embedder.model'];
  const mend = kind === 'user' ? 'run `rag config unset embedder.model`' : `take it out of ${where}`;
  warn(
    `embedder.model is set to ${configured}, and searches refuse vectors of another model: ${mend}, and the database decides.`,
  );
}
