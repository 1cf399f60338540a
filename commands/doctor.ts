import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { DoctorCheck } from '../src/app/types.ts';
import { isRagError, messageOf, type RagError } from '../src/platform/errors.ts';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { doctorToJson } from '../src/present/json/v1/status.ts';
import { renderDoctor } from '../src/present/text/render-doctor.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { type Session, startSession, withKnowledgeBase } from './shared/session.ts';

export function defineDoctor(command: Command, context: CommandContext): void {
  command.action(context.action((flags: CommonFlags) => doctor(context, flags)));
  addExamples(command, [
    ['rag doctor', 'check Node, the native modules, the database and the models'],
    ['rag doctor --json', 'for a program; exit status 3 when a check failed'],
  ]);
}

async function doctor(context: CommandContext, flags: CommonFlags): Promise<ExitCode> {
  const problems: RagError[] = [];
  const session = await startSession(context, flags, {}, (problem) => problems.push(problem));
  const checks = [...settingsChecks(session, problems), ...(await checkAll(context, session))];
  context.stdout.write(
    flags.json ? renderEnvelope('rag.doctor/1', doctorToJson(checks)) : renderDoctor(checks, session.page),
  );
  return checks.some((check) => check.status === 'failed') ? EXIT.failed : EXIT.done;
}

/** One finding for each fault of a file or variable; one good one for all of them when there is none. */
function settingsChecks({ config }: Session, problems: readonly RagError[]): readonly DoctorCheck[] {
  const name = 'settings';
  if (problems.length > 0) {
    return problems.map(({ message, hint }) => ({ name, status: 'failed', message, hint }));
  }
  const files = [config.folders.configFile, ...(config.projectFile === null ? [] : [config.projectFile])];
  const there = files.filter((file) => existsSync(file));
  return [
    { name, status: 'ok', message: there.length > 0 ? `${there.join(' and ')} can be used.` : 'All are defaults.' },
  ];
}

/** A database that cannot be opened is one finding; everything else is then checked with an empty one. */
async function checkAll(context: CommandContext, session: Session): Promise<readonly DoctorCheck[]> {
  try {
    return await withKnowledgeBase(context, session, { create: false }, (knowledgeBase) => knowledgeBase.doctor());
  } catch (error) {
    const rest = await checkWithEmptyDatabase(context, session);
    return [...rest.filter((check) => check.name !== 'database'), databaseCheck(error)];
  }
}

async function checkWithEmptyDatabase(context: CommandContext, session: Session): Promise<readonly DoctorCheck[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ragstone-doctor-'));
  const empty: Session = { ...session, database: { path: join(folder, 'empty.db'), reason: 'flag' } };
  try {
    return await withKnowledgeBase(context, empty, { create: true }, (knowledgeBase) => knowledgeBase.doctor());
  } catch (error) {
    const hint = isRagError(error) ? error.hint : 'Install rag again: `npm ci`, or `npm rebuild better-sqlite3`.';
    return [{ name: 'installation', status: 'failed', message: messageOf(error), hint }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function databaseCheck(error: unknown): DoctorCheck {
  const missing = isRagError(error) && error.code === 'DB_MISSING';
  return {
    name: 'database',
    status: missing ? 'warning' : 'failed',
    message: messageOf(error),
    hint: isRagError(error) ? error.hint : undefined,
  };
}
