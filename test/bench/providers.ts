/**
 * What a user sees of each provider: `rag ask` by the built program against a server on this machine that speaks the wire
 * format, answered well and with each fault. Times to the next model, circuits and the ledger: `npm run bench:failover`.
 *
 *   npm run bench:providers -- [provider ...]
 */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessTo, type ProviderUnderTest, providersUnderTest } from '../generate/providers.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault, HostedOptions } from '../servers/model-server.ts';
import { makeTinyLanguageModel } from '../support/make-tiny-language-model.ts';
import { runRag } from './shared/run-rag.ts';

/** Providers show the end of a key at times, so that is looked for too. */
const KEY = 'sk-transcript-4711-q9zt';
const REPLY = ['Parents get ', '18 weeks ', 'of paid leave ', '[1].'];

type Case = {
  readonly name: string;
  readonly fault?: Fault;
  readonly server?: HostedOptions;
  readonly apiKey?: string;
  readonly model?: string;
  readonly isRefused?: boolean;
};

const CASES: readonly Case[] = [
  { name: 'wrong key', server: { apiKey: 'another' } },
  { name: 'unknown model', model: 'nowhere' },
  { name: 'context too long', server: { contextTokens: 10 } },
  { name: '429, Retry-After 30 s', fault: { kind: 'status', status: 429, headers: { 'retry-after': '30' } } },
  { name: '500', fault: { kind: 'status', status: 500 } },
  { name: 'refused connection', isRefused: true },
  { name: 'slow first byte', fault: { kind: 'silent' } },
  { name: 'malformed JSON', fault: { kind: 'malformed', afterDeltas: 0 } },
  { name: 'error in the stream', fault: { kind: 'error-line', afterDeltas: 0, message: 'Overloaded' } },
  { name: 'broken mid-stream', fault: { kind: 'break', afterDeltas: 2 } },
  { name: 'filtered', fault: { kind: 'filtered', afterDeltas: 2 } },
];

const folder = mkdtempSync(join(tmpdir(), 'rag-providers-'));
const database = join(folder, 'rag.db');
const document = join(folder, 'leave.md');

/** Each question has a database of its own: a circuit that opened would stand in the way of the next fault. */
async function ask(model: string, environment: Record<string, string>) {
  const own = join(folder, 'own.db');
  copyFileSync(database, own);
  const line = ['ask', 'How long is parental leave?', '--model', model, '--db', own, '--no-color'];
  return runRag(line, {
    XDG_CONFIG_HOME: folder,
    XDG_CACHE_HOME: folder,
    RAG_GENERATE_MAX_RETRIES: '0',
    RAG_GENERATE_FIRST_BYTE_TIMEOUT_MS: '1000',
    ...environment,
  });
}

/** Settings that lead a provider to a server of ours. */
function environmentOf(subject: ProviderUnderTest, origin: string): Record<string, string> {
  const access = accessTo(subject, origin)[subject.provider];
  const address = access?.baseUrl ?? '';
  if (subject.provider === 'ollama') return { OLLAMA_HOST: address };
  if (subject.provider === 'lan') {
    return { RAG_SERVERS: JSON.stringify({ lan: { baseUrl: address, apiKeyEnv: 'LAN_KEY' } }), LAN_KEY: KEY };
  }
  return {
    [`RAG_${subject.provider.toUpperCase()}_BASE_URL`]: address,
    [`RAG_${subject.provider.toUpperCase()}_API_KEY`]: KEY,
  };
}

const hideOrigin = (text: string): string =>
  text.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT').replaceAll(folder, '.');
const cell = (text: string): string => hideOrigin(text).trim().replaceAll('|', '\\|').replaceAll('\n', '<br>');

async function runCase(subject: ProviderUnderTest, wanted: Case) {
  const server = await subject.start({
    reply: REPLY,
    ...(subject.keyPlace !== null && { apiKey: KEY }),
    ...wanted.server,
  });
  try {
    if (wanted.fault) server.fail(wanted.fault);
    const origin = wanted.isRefused ? await refusedOrigin() : server.origin;
    return await ask(`${subject.provider}/${wanted.model ?? subject.model}`, environmentOf(subject, origin));
  } finally {
    await server.close();
  }
}

async function showProvider(subject: ProviderUnderTest): Promise<number> {
  console.log(`\n## ${subject.provider}: \`${subject.provider}/${subject.model}\` by POST ${subject.chatPath}\n`);
  const good = await runCase(subject, { name: 'well' });
  console.log(`\`\`\`\n${hideOrigin(good.stdout).trim()}\n\`\`\`\n`);
  console.log('| Fault | Exit | What the user sees |\n|---|---:|---|');
  let leaks = 0;
  for (const wanted of CASES) {
    if (wanted.name === 'wrong key' && subject.keyPlace === null) continue;
    const { status, stdout, stderr } = await runCase(subject, wanted);
    if (`${stdout}${stderr}`.includes(KEY.slice(-4))) leaks++;
    const shown = status === 0 || stdout.trim() !== '' ? `${stdout.trim()}\n${stderr.trim()}` : stderr;
    console.log(`| ${wanted.name} | ${status} | ${cell(shown)} |`);
  }
  return leaks;
}

async function showThisMachine(): Promise<void> {
  const model = join(folder, 'tiny language model');
  makeTinyLanguageModel(model, { answer: REPLY, texts: ['parental leave'] });
  makeTinyLanguageModel(join(folder, 'base'), { answer: REPLY, chatTemplate: null });
  makeTinyLanguageModel(join(folder, 'short'), { answer: REPLY, maxLength: 16 });
  makeTinyLanguageModel(join(folder, 'broken'), { answer: REPLY.slice(0, 2), ending: 'failure' });
  console.log('\n## transformers: a model on this machine\n');
  const good = await ask(`transformers/${model}`, {});
  console.log(`\`\`\`\n${hideOrigin(good.stdout).trim()}\n\`\`\`\n`);
  console.log('| Fault | Exit | What the user sees |\n|---|---:|---|');
  for (const [name, of] of [
    ['no such folder', `${folder}/none`],
    ['not in the cache, offline', 'owner/none'],
    ['no chat template', `${folder}/base`],
    ['context too long', `${folder}/short`],
    ['fails mid-stream', `${folder}/broken`],
  ]) {
    const { status, stdout, stderr } = await ask(`transformers/${of}`, { RAG_OFFLINE: '1' });
    console.log(`| ${name} | ${status} | ${cell(`${stdout.trim()}\n${stderr.trim()}`)} |`);
  }
}

try {
  writeFileSync(document, '# Leave\n\nParents get 18 weeks of paid parental leave.\n');
  const added = await runRag(['add', document, '--db', database], { XDG_CONFIG_HOME: folder });
  if (added.status !== 0) throw new Error(added.stderr);
  const chosen = process.argv.slice(2);
  const isChosen = (name: string): boolean => chosen.length === 0 || chosen.includes(name);
  let leaks = 0;
  for (const subject of providersUnderTest.filter(({ provider }) => isChosen(provider)))
    leaks += await showProvider(subject);
  if (isChosen('transformers')) await showThisMachine();
  console.log(`\nAnswers and errors in which a key stood: ${leaks}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
