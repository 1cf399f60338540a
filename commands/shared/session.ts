import type { KnowledgeBase } from '../../src/app/types.ts';
import { chooseDatabasePath, type DatabaseChoice } from '../../src/config/database-path.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { OnProblem } from '../../src/config/toml-file.ts';
import type { FlagValues, LoadedConfig } from '../../src/config/types.ts';
import type { RagError } from '../../src/platform/errors.ts';
import type { Log } from '../../src/platform/runtime.ts';
import { escapeBlock, escapeLine } from '../../src/present/text/escape-terminal.ts';
import { colorStyle, type Page, plainStyle, type Style } from '../../src/present/text/style.ts';
import type { CommandContext } from './context.ts';
import { type CommonFlags, commonSettings } from './flags.ts';
import type { Output } from './output.ts';

/** What a command knows before it does its work. */
export type Session = {
  readonly config: LoadedConfig;
  readonly database: DatabaseChoice;
  /** For text on stdout and on stderr. */
  readonly page: Page;
  readonly errorPage: Page;
  /** A line on stderr: `note: …`. Silent with -q. */
  note(text: string): void;
  /** A line on stderr: `warning: …`. */
  warn(text: string): void;
};

/**
 * Loads the settings, says what of them was ignored, and chooses the database without opening it. With `onProblem` it goes
 * on without what is wrong in a file, and tells it.
 */
export async function startSession(
  context: CommandContext,
  flags: CommonFlags,
  settings: FlagValues = {},
  onProblem?: OnProblem,
): Promise<Session> {
  const { workingFolder, environment, stderr } = context;
  const given = { ...commonSettings(flags), ...settings };
  const config = await loadConfig({ workingFolder, environment, flags: given, onProblem });
  const errorPage = pageFor(context.stderr, config, workingFolder);
  context.useErrorStyle(errorPage.style);
  const session: Session = {
    config,
    page: pageFor(context.stdout, config, workingFolder),
    errorPage,
    database: chooseDatabasePath({
      flag: flags.db,
      environment: config.databaseFromEnvironment,
      workingFolder,
      dataFolder: config.folders.data,
    }),
    note: (text) => {
      if (!flags.quiet) stderr.write(`${errorPage.style.dim('note:')} ${escapeBlock(text)}\n`);
    },
    warn: (text) => stderr.write(`${errorPage.style.caution('warning:')} ${escapeBlock(text)}\n`),
  };
  for (const warning of config.warnings) session.warn(warning);
  return session;
}

/** As `startSession`, for commands that must run while a file of settings is broken: each fault becomes a warning. */
export async function startSessionAnyway(context: CommandContext, flags: CommonFlags): Promise<Session> {
  const problems: RagError[] = [];
  const session = await startSession(context, flags, {}, (problem) => problems.push(problem));
  for (const problem of problems) session.warn(sentencesOf(problem));
  return session;
}

/** What is wrong, and what to do about it. */
export const sentencesOf = ({ message, hint }: RagError): string => (hint ? `${message} ${hint}` : message);

/** Runs `work` with the chosen database open, and closes it whatever happens. */
export async function withKnowledgeBase<Result>(
  context: CommandContext,
  session: Session,
  options: { readonly create: boolean; readonly verbose?: boolean },
  work: (knowledgeBase: KnowledgeBase) => Promise<Result>,
): Promise<Result> {
  const knowledgeBase = await context.openKnowledgeBase({
    path: session.database.path,
    settings: session.config.settings,
    create: options.create,
    log: logTo(context.stderr, session, options.verbose ?? false),
  });
  try {
    return await work(knowledgeBase);
  } finally {
    knowledgeBase.close();
  }
}

function logTo(output: Output, session: Session, verbose: boolean): Log {
  const say = (message: string): void => {
    if (verbose) output.write(`${session.errorPage.style.dim(escapeLine(message))}\n`);
  };
  return { debug: say, info: say, warn: session.warn };
}

function pageFor(output: Output, config: LoadedConfig, workingFolder: string): Page {
  return { style: styleFor(output, config), width: output.columns(), workingFolder };
}

function styleFor(output: Output, config: LoadedConfig): Style {
  const { color } = config.settings;
  return color === 'always' || (color === 'auto' && output.isTerminal) ? colorStyle : plainStyle;
}
