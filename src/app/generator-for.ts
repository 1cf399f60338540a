import { isNoModel } from '../config/model-name.ts';
import type { Settings } from '../config/types.ts';
import { cachedGenerator } from '../generate/multiplex/cached-generator.ts';
import { createMultiplexer } from '../generate/multiplex/create-multiplexer.ts';
import type { CircuitStore, Member } from '../generate/multiplex/types.ts';
import { createGenerator, providerAddress } from '../generate/registry.ts';
import type { Generator } from '../generate/types.ts';
import { RagError } from '../platform/errors.ts';
import { systemClock } from '../platform/runtime.ts';
import type { AppContext } from './app-context.ts';
import { fullNameOf, generatorSettings } from './generator-settings.ts';
import { isLoopback } from './is-loopback.ts';
import { keptReplies } from './ledger/kept-replies.ts';
import { meterGenerator } from './ledger/meter-generator.ts';
import { meterOf } from './ledger/meter-of.ts';
import type { CallPurpose } from './ledger/types.ts';
import { guardGenerator } from './privacy/remote/guard-generator.ts';
import { remoteGuard } from './privacy/remote/remote-guard.ts';
import { providerGates } from './provider-gates.ts';

/** Without a store, calls are not recorded. */
export type ModelContext = {
  readonly settings: Settings;
  readonly runtime: Pick<AppContext['runtime'], 'fetch'> & Partial<AppContext['runtime']>;
  readonly store?: AppContext['store'];
  readonly kept?: AppContext['kept'];
};

export type GeneratorOptions = {
  /** Replies to equal requests may be given again. */
  readonly cache?: boolean;
};

/** What is kept or measured under the name of a model must be of that model. */
const WITHOUT_FALLBACKS: readonly CallPurpose[] = ['eval', 'graph', 'replay', 'test'];

/**
 * The model of a name, with those of `models.fallbacks` behind it; every call is recorded with what it is for. Null when
 * there is no model to ask. Throws MODEL_UNKNOWN, or OFFLINE when none of them may be asked while offline.
 */
export function generatorFor(
  name: string | undefined,
  context: ModelContext,
  purpose: CallPurpose,
  { cache = false }: GeneratorOptions = {},
): Generator | null {
  if (name === undefined || isNoModel(name)) return null;
  const { settings, runtime, store } = context;
  const clock = runtime.clock ?? systemClock;
  const names = namesOf(name, settings, purpose);
  const hasLastResort = endsInExtraction(settings, purpose);
  const members = names.map((each, place) =>
    memberOf(each, context, { purpose, isLast: place === names.length - 1 && !hasLastResort }),
  );
  const allowed = members.filter(({ refusal }) => refusal === null);
  const [first] = members;
  if (allowed.length === 0 && first?.refusal) {
    if (hasLastResort) return refusing(first.generator.name, first.refusal);
    throw first.refusal;
  }
  const { gateOf, circuits } = providerGates(settings, clock, store);
  const generator = createMultiplexer({
    members: allowed,
    circuits: store && !store.readOnly ? circuitsIn(store) : circuits,
    gateOf,
    clock,
    firstTokenMs: settings.models.firstTokenMs,
    deadlineMs: settings.models.deadlineMs,
    hasLastResort,
  });
  if (!cache || !store || !settings.models.cacheAnswers) return generator;
  return cachedGenerator(generator, keptReplies(store, context.kept), ({ model, inputTokens, outputTokens }) => {
    const call = { at: clock.now(), model, purpose, inputTokens, outputTokens, cost: 0 };
    const ended = { ...call, outcome: 'ok', cachedInputTokens: 0, isEstimated: false, isCached: true };
    store.endCall(null, call, { ...ended, firstTokenMs: 0, totalMs: 0 });
  });
}

/** Whether an answer is quoted from the documents when no model gives one. */
export const endsInExtraction = ({ models }: Settings, purpose: CallPurpose): boolean =>
  (purpose === 'ask' || purpose === 'chat' || purpose === 'summarize') && models.fallbacks.some(isNoModel);

/** Full names in the order in which they are asked, each once; nothing after a word for having no model. */
function namesOf(name: string, settings: Settings, purpose: CallPurpose): readonly string[] {
  const { fallbacks } = settings.models;
  const end = fallbacks.findIndex(isNoModel);
  const behind = WITHOUT_FALLBACKS.includes(purpose) ? [] : fallbacks.slice(0, end < 0 ? undefined : end);
  return [...new Set([name, ...behind].map((each) => fullNameOf(each, settings)))];
}

type NamedMember = Member & { readonly refusal: RagError | null };

function memberOf(
  name: string,
  { settings, runtime, store }: ModelContext,
  { purpose, isLast }: { readonly purpose: CallPurpose; readonly isLast: boolean },
): NamedMember {
  const access = generatorSettings(settings, runtime);
  // What another model can answer is not waited for.
  const created = createGenerator(name, isLast ? access : { ...access, maxRetries: 0 });
  const address = providerAddress(name, access);
  const isHere = address === null || isLoopback(address);
  const guard = isHere ? null : remoteGuard(settings);
  const generator = guard ? guardGenerator(created, guard) : created;
  const provider = name.slice(0, name.indexOf('/'));
  const member = {
    provider: address === null ? provider : `${provider} ${new URL(address).host}`,
    refusal: settings.offline && !isHere ? offline(name, address ?? '') : null,
  };
  if (!store) return { ...member, generator };
  const meter = meterOf(name, { settings, store, clock: runtime.clock ?? systemClock, purpose });
  return { ...member, generator: meterGenerator(generator, meter) };
}

const circuitsIn = ({
  circuit,
  countFailure,
  clearFailures,
  claimProbe,
}: NonNullable<ModelContext['store']>): CircuitStore => ({ circuit, countFailure, clearFailures, claimProbe });

/** Says why when it is asked, so that the caller's own answer can be given instead. */
const refusing = (name: string, error: RagError): Generator => ({
  name,
  // biome-ignore lint/correctness/useYield: it refuses before there is anything to yield.
  async *generate() {
    throw error;
  },
});

const offline = (name: string, address: string): RagError =>
  new RagError('OFFLINE', {
    message: `${name} is at ${new URL(address).host}, which is not asked while offline.`,
    hint: 'Leave out --offline, or choose a model on this machine.',
  });
