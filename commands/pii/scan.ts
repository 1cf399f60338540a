import { type Command, Option } from 'commander';
import type { PiiScan } from '../../src/app/privacy/types.ts';
import type { FlagValues } from '../../src/config/types.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { piiScanToJson } from '../../src/present/json/v1/pii.ts';
import { renderPiiScan } from '../../src/present/text/render-pii.ts';
import type { CommandContext } from '../shared/context.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import {
  addExamples,
  addFilterFlags,
  type CommonFlags,
  type FilterFlags,
  filterOf,
  usageError,
} from '../shared/flags.ts';
import { createProgressLine } from '../shared/progress.ts';
import { readStdin } from '../shared/read-stdin.ts';
import { type Session, startSession, withKnowledgeBase } from '../shared/session.ts';

type ScanFlags = CommonFlags &
  FilterFlags & { readonly stored?: boolean; readonly kinds?: string; readonly region?: string };

/** As linters have it: a script stops at what was found. */
const FOUND: ExitCode = 1;

export function defineScan(command: Command, context: CommandContext): void {
  const scan = command
    .command('scan')
    .description('Say where personal data and secrets stand; exit status 1 when there are any')
    .argument(
      '[target...]',
      'files, folders, patterns, URLs, or - for standard input; with --stored, documents or folders',
    )
    .option('--stored', 'look through documents of the database, all of them without a target')
    .option('--kinds <kinds>', 'only these: email,card,secret (else privacy.kinds)')
    .addOption(new Option('--region <country>', 'country of phone numbers that name none, such as DE'))
    .action(context.action((targets: string[], flags: ScanFlags) => runScan(context, targets, flags)));
  addFilterFlags(scan);
  addExamples(scan, [
    ['rag pii scan report.pdf notes/', 'nothing is stored'],
    ['git diff | rag pii scan -', 'standard input'],
    ['rag pii scan --stored --type eml', 'what is stored already'],
    ['rag pii scan . --kinds secret', 'keys and passwords only'],
  ]);
}

async function runScan(context: CommandContext, targets: readonly string[], flags: ScanFlags): Promise<ExitCode> {
  if (targets.length === 0 && !flags.stored) {
    throw usageError('Nothing was named.', 'Name files or folders, or look through the database with --stored.');
  }
  const settings: FlagValues = {
    'privacy.kinds': { flag: '--kinds', value: flags.kinds },
    'privacy.region': { flag: '--region', value: flags.region },
  };
  const session = await startSession(context, flags, settings);
  const scans = flags.stored
    ? await scanStored(context, session, targets, flags)
    : await scanFiles(context, session, targets, flags);
  const scan = joinScans(scans);
  if (flags.json) context.stdout.write(renderEnvelope('rag.pii-scan/1', piiScanToJson(scan)));
  else context.stdout.write(renderPiiScan(scan));
  if (context.signal.aborted) return EXIT.interrupted;
  if (scan.documents.length > 0) return FOUND;
  if (scan.failures.length > 0) return scan.read > 0 ? EXIT.partlyFailed : EXIT.failed;
  return EXIT.done;
}

const scanStored = (
  context: CommandContext,
  session: Session,
  targets: readonly string[],
  flags: ScanFlags,
): Promise<PiiScan[]> =>
  withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) => {
    const privacy = await knowledgeBase.privacy();
    const filter = filterOf(flags);
    if (targets.length === 0) return [privacy.scanStored({ filter })];
    return targets.map((reference) => privacy.scanStored({ reference, filter }));
  });

async function scanFiles(
  context: CommandContext,
  session: Session,
  targets: readonly string[],
  flags: ScanFlags,
): Promise<PiiScan[]> {
  const { scanBytes, scanTarget } = await import('../../src/app/privacy/scan-files.ts');
  const { settings } = session.config;
  const progress = createProgressLine(context.stderr);
  const options = {
    settings,
    runtime: systemRuntime,
    workingFolder: context.workingFolder,
    signal: context.signal,
    onProgress: (done: number, total: number, path: string): void => {
      if (!flags.quiet) progress.update({ done, total, path });
    },
  };
  const scans: PiiScan[] = [];
  try {
    for (const target of targets) {
      if (context.signal.aborted) break;
      scans.push(
        target === '-'
          ? await scanBytes(await readStdin(context, settings.source.maxFileBytes), 'standard input', options)
          : await scanTarget(target, options),
      );
    }
  } finally {
    progress.clear();
  }
  return scans;
}

/** Several scans as one. */
function joinScans(scans: readonly PiiScan[]): PiiScan {
  const counts: Record<string, number> = {};
  for (const scan of scans)
    for (const [kind, count] of Object.entries(scan.counts)) counts[kind] = (counts[kind] ?? 0) + count;
  return {
    documents: scans.flatMap(({ documents }) => documents),
    counts,
    read: scans.reduce((sum, { read }) => sum + read, 0),
    failures: scans.flatMap(({ failures }) => failures),
  };
}
