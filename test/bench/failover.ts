/**
 * How long the first word takes when the first model does not answer, what a circuit does over time, and what the ledger
 * says of it. Every server speaks the wire format of its provider, on this machine.
 *
 *   npm run bench:failover -- [--runs 5]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { generatorFor } from '../../src/app/generator-for.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/types.ts';
import { createStore } from '../../src/store/sqlite/create-store.ts';
import { type ProviderUnderTest, providersUnderTest } from '../generate/providers.ts';
import { refusedOrigin } from '../servers/fault-server.ts';
import type { Fault } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { runRag } from './shared/run-rag.ts';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } });
const runs = Number(values.runs);
const FIRST_TOKEN_MS = 1000;
const PRICES = { 'openai/*': { input: 2.5, output: 10 } };
const REQUEST = { messages: [{ role: 'user' as const, content: 'What is the answer?' }], temperature: 0 };

const FAULTS: readonly (readonly [string, Fault | 'refused'])[] = [
  ['refused', 'refused'],
  ['429, Retry-After 15 s', { kind: 'status', status: 429, headers: { 'retry-after': '15' } }],
  ['500', { kind: 'status', status: 500 }],
  ['hangs up', { kind: 'hang-up' }],
  ['malformed', { kind: 'malformed', afterDeltas: 0 }],
  ['breaks off', { kind: 'break', afterDeltas: 0 }],
  ['silent', { kind: 'silent' }],
];

const folder = mkdtempSync(join(tmpdir(), 'rag-failover-'));
const path = join(folder, 'rag.db');
const last = await startOllamaServer({ reply: ['Forty-two ', '[1].'] });
try {
  console.log(`## Time to the first word of the next model, in ms (median of ${runs})\n`);
  console.log(`A silent model is left after models.firstTokenMs, here ${FIRST_TOKEN_MS}.\n`);
  console.log(`| | ${FAULTS.map(([name]) => name).join(' | ')} |\n|---|${FAULTS.map(() => '---:|').join('')}`);
  let slowest = 0;
  for (const subject of providersUnderTest.filter(({ provider }) => provider !== 'ollama')) {
    const cells: number[] = [];
    for (const [, fault] of FAULTS) cells.push(await medianOf(runs, () => firstWordMs(subject, fault)));
    slowest = Math.max(slowest, ...cells);
    console.log(`| ${subject.provider} | ${cells.map((ms) => ms.toFixed(0)).join(' | ')} |`);
  }
  console.log(`\nSlowest: ${slowest.toFixed(0)} ms.\n`);
  await showCircuit();
  console.log('## The ledger: `rag usage`\n\n```');
  console.log((await runRag(['usage', '--db', path])).stdout.trimEnd());
  console.log('```');
} finally {
  await last.close();
  rmSync(folder, { recursive: true, force: true });
}

async function firstWordMs(subject: ProviderUnderTest, fault: Fault | 'refused'): Promise<number> {
  const server = await subject.start({ apiKey: 'sk-bench' });
  const store = createStore({ path: join(folder, 'times.db'), create: true, readOnly: false, clock: Date });
  try {
    if (fault !== 'refused') server.fail(fault);
    const origin = fault === 'refused' ? await refusedOrigin() : server.origin;
    const settings = settingsFor(subject, origin);
    const name = `${subject.provider}/${subject.model}`;
    const generator = generatorFor(name, { settings, runtime: { fetch: globalThis.fetch }, store }, 'ask');
    const started = performance.now();
    for await (const event of generator!.generate(REQUEST)) {
      if (event.type === 'text-delta') return performance.now() - started;
    }
    throw new Error(`${name} and its fallback gave no text.`);
  } finally {
    store.close();
    await server.close();
  }
}

function settingsFor({ provider, base }: ProviderUnderTest, origin: string): Settings {
  const access = { baseUrl: `${origin}${base}`, apiKey: 'sk-bench' };
  return {
    ...defaultSettings,
    [provider]: access,
    servers: { [provider]: access },
    ollama: { host: last.origin },
    models: { ...defaultSettings.models, firstTokenMs: FIRST_TOKEN_MS, fallbacks: ['ollama/llama3.2'], prices: PRICES },
  } as Settings;
}

/** A provider that goes away and comes back; the clock is moved by hand. */
async function showCircuit(): Promise<void> {
  const subject = providersUnderTest.find(({ provider }) => provider === 'openai') as ProviderUnderTest;
  const server = await subject.start({ apiKey: 'sk-bench' });
  const store = createStore({ path, create: true, readOnly: false, clock: Date });
  let ahead = 0;
  const ask = async (): Promise<string> => {
    // Each time as a new command would: all that it knows of the provider is in the database.
    const context = {
      settings: settingsFor(subject, server.origin),
      runtime: { fetch, clock: { now: () => Date.now() + ahead } },
      store,
    };
    let note = '';
    let model = '';
    for await (const event of generatorFor(`openai/${subject.model}`, context, 'ask')!.generate(REQUEST)) {
      if (event.type === 'failover') note = event.reason;
      else if (event.type === 'finish') model = event.model ?? '';
    }
    return `${model} | ${note}`;
  };
  console.log('## A circuit\n\n| at | asked the provider | answered | told |\n|---:|---|---|---|');
  server.fail(...Array.from({ length: 6 }, () => ({ kind: 'status' as const, status: 503 })));
  for (const seconds of [0, 1, 2, 3, 4, 5, 20, 34, 35, 60, 65, 66]) {
    ahead = seconds * 1000;
    const before = server.requests.length;
    const told = await ask();
    console.log(
      `| ${seconds} s | ${server.requests.length > before ? 'yes' : 'no'} | ${told.replace(server.origin, 'the server')} |`,
    );
  }
  console.log();
  store.close();
  await server.close();
}

async function medianOf(times: number, measure: () => Promise<number>): Promise<number> {
  const all: number[] = [];
  for (let i = 0; i < times; i++) all.push(await measure());
  return all.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}
