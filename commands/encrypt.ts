import type { Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import { keyChangeToJson } from '../src/present/json/v1/maintenance.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError } from './shared/flags.ts';
import { startSession } from './shared/session.ts';
import { pastFolder } from './shared/with-history.ts';

type EncryptFlags = CommonFlags & { readonly keyFile?: string };

export function defineEncrypt(command: Command, context: CommandContext): void {
  command
    .option('--key-file <file>', 'file whose first line is the new key (else the key of the settings)')
    .action(context.action((flags: EncryptFlags) => encrypt(context, flags)));
  addExamples(command, [
    ['openssl rand -base64 32 > ~/rag.key && chmod 600 ~/rag.key', 'make a key'],
    ['rag config set database.keyFile ~/rag.key && rag encrypt', 'encrypt, and open with it from then on'],
    ['rag encrypt --key-file ~/new.key', 'change the key of an encrypted database'],
  ]);
}

export function defineDecrypt(command: Command, context: CommandContext): void {
  command.action(context.action((flags: CommonFlags) => change(context, flags, undefined)));
  addExamples(command, [['rag decrypt', 'make the file readable without a key again']]);
}

async function encrypt(context: CommandContext, flags: EncryptFlags): Promise<ExitCode> {
  const { databaseKey, readKeyFile } = await import('../src/app/database-key.ts');
  const session = await startSession(context, flags);
  const newKey = flags.keyFile === undefined ? databaseKey(session.config.settings) : readKeyFile(flags.keyFile);
  if (newKey === undefined) {
    throw usageError('There is no key to encrypt with.', 'Name a file with --key-file, or set database.keyFile.');
  }
  return change(context, flags, newKey);
}

async function change(context: CommandContext, flags: EncryptFlags, newKey: string | undefined): Promise<ExitCode> {
  const { databaseKey } = await import('../src/app/database-key.ts');
  const { changeDatabaseKey } = await import('../src/app/maintain/encrypt.ts');
  const { systemClock } = await import('../src/platform/runtime.ts');
  const session = await startSession(context, flags);
  const key = databaseKey(session.config.settings);
  const done = await changeDatabaseKey(session.database.path, {
    key,
    newKey,
    clock: systemClock,
    pastFolder: pastFolder(context),
  });
  if (flags.json) context.stdout.write(renderEnvelope('rag.encrypt/1', keyChangeToJson(done)));
  if (done.isEncrypted) {
    session.note('The former file was removed, but its blocks may stay on the disk; so do backups made before.');
    if (newKey !== key) session.note(`Name the key from now on: rag config set database.keyFile ${flags.keyFile}`);
  } else
    session.note('Take database.key and database.keyFile out of the settings: with a key, a plain file is refused.');
  if (!flags.json && !flags.quiet) {
    context.stdout.write(`${done.path} is ${done.isEncrypted ? 'encrypted' : 'readable without a key'} now.\n`);
  }
  return EXIT.done;
}
