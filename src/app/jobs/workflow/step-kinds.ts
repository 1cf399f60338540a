import { INGEST_FIELDS } from '../kinds/ingest-outcome.ts';
import { runAdd } from '../kinds/run-add.ts';
import { endedBadly, runCommandLine } from '../kinds/run-command-line.ts';
import { runSync } from '../kinds/run-sync.ts';
import { runTrackedCommand } from '../kinds/run-tracked-command.ts';
import type { KindOutcome } from '../types.ts';
import type { StepKind } from './types.ts';

const MAX_OUTPUT_BYTES = 64_000;
const DEFAULT_TIMEOUT_MS = 3_600_000;

const kind = <Arguments>(definition: StepKind<Arguments>): StepKind => definition as StepKind;

const add = kind({
  name: 'add',
  fields: INGEST_FIELDS,
  needsTrust: false,
  read: (reader) => ({
    targets: reader.required('targets', reader.texts('targets')),
    options: {
      collection: reader.text('collection'),
      tags: reader.texts('tags'),
      include: reader.texts('include'),
      exclude: reader.texts('exclude'),
      hidden: reader.flag('hidden'),
    },
  }),
  describe: ({ targets, options }) =>
    `${targets.join(', ')}${options.collection === undefined ? '' : ` into ${options.collection}`}`,
  run: ({ targets, options }, { folder, reporter, tools }) =>
    runAdd({ kind: 'add', targets, options, workingFolder: folder }, reporter, tools),
});

const sync = kind({
  name: 'sync',
  fields: INGEST_FIELDS,
  needsTrust: false,
  read: (reader) => ({ collection: reader.text('collection'), pruneMissing: reader.flag('prune-missing') }),
  describe: ({ collection }) => (collection === undefined ? 'every source' : `collection ${collection}`),
  run: (options, { reporter, tools }) => runSync({ options }, reporter, tools),
});

const command = kind({
  name: 'command',
  fields: ['status', 'output', 'elapsedMs'],
  needsTrust: true,
  read: (reader) => {
    const argv = reader.required('argv', reader.texts('argv'));
    return argv.length > 0 && argv[0] !== '' ? argv : reader.refuse('argv', 'names no program');
  },
  describe: (argv) => argv.map((word) => (/^[\w./:=@%+-]+$/.test(word) ? word : JSON.stringify(word))).join(' '),
  async run(argv, { folder, timeoutMs, reporter }): Promise<KindOutcome> {
    const end = await runTrackedCommand(reporter, {
      argv,
      cwd: folder,
      timeoutMs: timeoutMs ?? DEFAULT_TIMEOUT_MS,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      onLine: (line) => reporter.log('output', line),
    });
    const result = { status: end.status, output: end.stdout.trimEnd(), elapsedMs: Math.round(end.elapsedMs) };
    const worked = end.status === 0 && !end.timedOut;
    return { result, problem: worked ? null : endedBadly(argv, end), isFailure: !worked, isWhole: end.signal === null };
  },
});

/** A command of rag's own by its name: `args` is what would stand behind it. */
const ragCommand = (
  name: string,
  shorten: (result: Record<string, unknown>) => Record<string, unknown> = (all) => all,
) =>
  kind({
    name,
    fields: null,
    needsTrust: false,
    read: (reader) => reader.texts('args') ?? [],
    describe: (args) => ['rag', name, ...args].join(' '),
    async run(args, { folder, timeoutMs, reporter, tools }) {
      const outcome = await runCommandLine({ argv: [name, ...args], workingFolder: folder }, reporter, tools, {
        ...(timeoutMs !== null && { timeoutMs }),
      });
      return { ...outcome, result: shorten(outcome.result) };
    },
  });

/** The measures of the last configuration, which is the hybrid one unless others were named, by their short names. */
function withMeasures(result: Record<string, unknown>): Record<string, unknown> {
  const measures = Object.entries(result).flatMap(([name, value]): [string, unknown][] => {
    const measure = /^configurations\..*\.measures\.(\w+)$/.exec(name)?.[1];
    return measure === undefined ? [] : [[measure, value]];
  });
  const { ndcg10, recall5 } = Object.fromEntries(measures);
  return { ...result, ...Object.fromEntries(measures), ndcg: ndcg10 ?? null, recall: recall5 ?? null };
}

/** What a step may be. A command of rag's own is added by its name. */
export const STEP_KINDS: readonly StepKind[] = [
  add,
  sync,
  ragCommand('summarize'),
  ragCommand('eval', withMeasures),
  ragCommand('tune'),
  ragCommand('reprocess'),
  ragCommand('snapshot'),
  ragCommand('export'),
  ragCommand('import'),
  ragCommand('backup'),
  ragCommand('compact'),
  ragCommand('verify'),
  command,
];
