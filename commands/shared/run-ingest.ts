import { EMPTY_REPORT } from '../../src/app/ingest/empty-report.ts';
import { mergeReports } from '../../src/app/ingest/merge-reports.ts';
import type { IngestEvent, IngestReport, ItemOutcome } from '../../src/app/types.ts';
import { isRagError } from '../../src/platform/errors.ts';
import { renderEnvelope, renderLine } from '../../src/present/json/stringify.ts';
import { ingestEventToLine, ingestToJson } from '../../src/present/json/v1/ingest.ts';
import { renderCrawl } from '../../src/present/text/render-crawl.ts';
import {
  isChange,
  isProblem,
  renderChange,
  renderIngestSummary,
  renderProblems,
} from '../../src/present/text/render-ingest.ts';
import { renderIngestPii } from '../../src/present/text/render-pii.ts';
import type { CommandContext } from './context.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { type FormatFlags, formatOf } from './flags.ts';
import { createProgressLine, type ProgressLine } from './progress.ts';
import type { Session } from './session.ts';

export type IngestFlags = FormatFlags & { readonly dryRun?: boolean };

/** One thing to take in: what to call it when it cannot be begun, and how to begin. */
export type IngestTarget = {
  readonly name: string;
  start(): AsyncIterable<IngestEvent> | Promise<AsyncIterable<IngestEvent>>;
};

/**
 * Takes in one target after another, shows how it goes, and reports once at the end. A target that cannot be begun is a
 * problem of the run when there are others, and the error of the command when it is the only one.
 */
export async function runIngest(
  context: CommandContext,
  session: Session,
  flags: IngestFlags,
  targets: readonly IngestTarget[],
): Promise<ExitCode> {
  const { stdout, stderr } = context;
  const format = formatOf(flags);
  const progress = createProgressLine(stderr);
  let linking: ProgressLine | undefined;
  let embedding: ProgressLine | undefined;
  let crawling: ProgressLine | undefined;
  const outcomes: ItemOutcome[] = [];
  const reports: IngestReport[] = [];
  const showChanges = format === 'text' && (flags.dryRun || flags.verbose) && !flags.quiet;

  for (const target of targets) {
    if (context.signal.aborted) break;
    try {
      for await (const event of await target.start()) {
        if (format === 'jsonl') stdout.write(renderLine(ingestEventToLine(event)));
        if (event.type === 'ingest-end') reports.push(event.report);
        if (event.type === 'link-progress' && !flags.quiet) {
          linking ??= createProgressLine(stderr);
          linking.update({ ...event, path: 'names of other documents' });
        }
        if (event.type === 'embed-progress' && !flags.quiet) {
          embedding ??= createProgressLine(stderr);
          embedding.update({ ...event, path: 'vectors of passages' });
        }
        if (event.type === 'crawl-progress' && !flags.quiet) {
          crawling ??= createProgressLine(stderr);
          crawling.update({ ...event, path: event.uri });
        }
        if (event.type !== 'item-end') continue;
        const { outcome, done, total } = event;
        // Most documents of a big run say nothing worth keeping.
        const told = isProblem(outcome) || (outcome.warnings?.length ?? 0) > 0 || (outcome.pii?.length ?? 0) > 0;
        if (told || (format === 'json' && isChange(outcome))) outcomes.push(outcome);
        if (showChanges && isChange(outcome)) {
          progress.clear();
          stdout.write(renderChange(outcome, session.page));
        }
        if (!flags.quiet) progress.update({ done, total, path: outcome.path });
      }
    } catch (error) {
      progress.clear();
      if (targets.length === 1 || !isRagError(error) || error.code === 'ABORTED') throw error;
      const { code, message, hint } = error;
      reports.push({ ...EMPTY_REPORT, sourceProblems: [{ uri: target.name, code, message, hint }] });
    }
  }
  progress.clear();
  linking?.clear();
  embedding?.clear();
  crawling?.clear();

  const report = mergeReports(reports, context.signal.aborted);
  if (format === 'json') stdout.write(renderEnvelope('rag.ingest/1', ingestToJson(report, outcomes)));
  if (format === 'text') {
    stderr.write(renderProblems(outcomes, report, session.errorPage, { all: flags.verbose ?? false }));
    if (!flags.quiet) {
      stdout.write(renderIngestSummary(report));
      for (const crawl of report.crawls ?? []) stdout.write(renderCrawl(crawl, session.page.width));
    }
    stdout.write(renderIngestPii(outcomes, report, { all: flags.verbose ?? false }));
  }
  return ingestExitCode(report);
}

/** Nothing taken in where something was refused is a failure; something taken in beside a fault is a part of one. */
export function ingestExitCode(report: IngestReport): ExitCode {
  const { added, updated, moved, unchanged, removed, skipped, failed } = report.counts;
  if (report.interrupted) return EXIT.interrupted;
  const good = added + updated + moved + unchanged + removed;
  if (failed > 0 || report.sourceProblems.length > 0) return good > 0 ? EXIT.partlyFailed : EXIT.failed;
  return good === 0 && skipped > 0 ? EXIT.failed : EXIT.done;
}
