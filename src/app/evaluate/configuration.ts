import type { SearchMode } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { nearestName } from '../../platform/nearest-name.ts';
import type { FusionName } from '../../retrieve/fuse-scores.ts';
import { defaultRetrievalParameters, type RetrievalParameters } from '../../retrieve/retrieval-parameters.ts';

/** A way to search that an evaluation measures. Parameters that are absent have their defaults. */
export type Configuration = {
  readonly name: string;
  readonly mode: SearchMode;
  readonly parameters: Partial<RetrievalParameters>;
  /** Neighbours on either side that each passage is read with; none when absent. */
  readonly window?: number;
  /** Sections are read whole where enough of their passages were found. */
  readonly expandSections?: boolean;
  /** `provider/model` that puts the best passages in its order; absent, the setting decides. */
  readonly rerank?: string;
};

const MODES: readonly SearchMode[] = ['lexical', 'vector', 'hybrid'];

/** Parts of an object in an object are named with a dot: `columnWeights.title`. */
type Leaf = { readonly key: string; readonly path: readonly string[]; readonly value: ParameterValue };

export type ParameterValue = number | boolean | string;

const leavesOf = (value: object, above: readonly string[] = []): Leaf[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? leavesOf(inner, [...above, key])
      : [{ key: [...above, key].join('.'), path: [...above, key], value: inner as ParameterValue }],
  );

/** Every parameter that a configuration may set, with its default. */
export const parameterLeaves: readonly Leaf[] = leavesOf(defaultRetrievalParameters);

export const defaultConfigurations: readonly Configuration[] = MODES.map((mode) => ({
  name: mode,
  mode,
  parameters: {},
}));

/**
 * Reads `name:key=value,…`, where a key is `mode`, `window`, `expand`, `rerank` or a parameter; a bare mode is one too.
 * Throws USAGE for a key or value that is none.
 */
export function parseConfiguration(text: string): Configuration {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon)).trim();
  if (!/^[\w.+-]+$/.test(name)) throw wrong(`"${text}" has no name of letters, digits and . + - _ before the colon.`);
  if (colon < 0 && !isMode(name)) throw wrong(`"${name}" is no mode and sets nothing.`);
  let mode: SearchMode = isMode(name) ? name : 'hybrid';
  let parameters: Partial<RetrievalParameters> = {};
  let reading: Pick<Configuration, 'window' | 'expandSections' | 'rerank'> = {};
  const pairs = colon < 0 ? [] : text.slice(colon + 1).split(',');
  for (const pair of pairs.map((each) => each.trim()).filter(Boolean)) {
    const [key, value] = cut(pair);
    if (key === 'mode') {
      if (!isMode(value)) throw wrong(`mode is one of ${MODES.join(', ')}, not "${value}".`);
      mode = value;
    } else if (key === 'window') {
      if (!/^\d{1,2}$/.test(value)) throw wrong(`window is a number of neighbours up to 99, not "${value}".`);
      reading = { ...reading, window: Number(value) };
    } else if (key === 'expand') {
      if (value !== 'section') throw wrong(`expand is "section", not "${value}".`);
      reading = { ...reading, expandSections: true };
    } else if (key === 'rerank') {
      if (value !== 'none' && !/^[a-z]+\/./.test(value)) throw wrong(`rerank is provider/model, not "${value}".`);
      reading = { ...reading, rerank: value };
    } else {
      parameters = withParameter(parameters, key, value);
    }
  }
  return { name, mode, parameters, ...reading };
}

/** The parameters with one of them set from text. Throws USAGE. */
export function withParameter(
  parameters: Partial<RetrievalParameters>,
  key: string,
  text: string,
): Partial<RetrievalParameters> {
  const leaf = parameterLeaves.find((each) => each.key === key);
  if (!leaf) {
    const keys = ['mode', 'window', 'expand', 'rerank', ...parameterLeaves.map((each) => each.key)];
    const nearest = nearestName(key, keys);
    throw wrong(
      `"${key}" is no parameter${nearest ? `; did you mean ${nearest}?` : '.'} There are ${keys.join(', ')}.`,
    );
  }
  const value = parseLike(leaf.value, text);
  if (value === undefined) throw wrong(`${key} is a ${typeof leaf.value} such as ${leaf.value}, not "${text}".`);
  if (!isAllowed(key, value)) {
    const allowed = CHOICES[key] ? `one of ${CHOICES[key].join(', ')}` : 'not below 0';
    throw wrong(`${key} is ${allowed}, so it cannot be "${text}".`);
  }
  return setAt(parameters, leaf.path, value);
}

/**
 * The parameters of these names; a name that this version does not know, or a value of another type, is left out: they
 * may come from a database that another version wrote.
 */
export function parametersOf(values: Readonly<Record<string, unknown>>): Partial<RetrievalParameters> {
  let parameters: Partial<RetrievalParameters> = {};
  for (const { key, path, value } of parameterLeaves) {
    const given = Object.hasOwn(values, key) ? values[key] : undefined;
    if (isLike(value, given) && isAllowed(key, given)) parameters = setAt(parameters, path, given);
  }
  return parameters;
}

/** Every parameter by its name, with those that are given in place of the defaults. */
export const effectiveValues = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, ParameterValue>> =>
  Object.fromEntries(
    leavesOf({ ...defaultRetrievalParameters, ...parametersOf(values) }).map(({ key, value }) => [key, value]),
  );

/** The whole objects that are set: a part of one keeps the defaults of its other parts. */
function setAt(
  parameters: Partial<RetrievalParameters>,
  [first, second]: readonly string[],
  value: unknown,
): Partial<RetrievalParameters> {
  const key = first as keyof RetrievalParameters;
  if (second === undefined) return { ...parameters, [key]: value };
  const whole = parameters[key] ?? defaultRetrievalParameters[key];
  return { ...parameters, [key]: { ...(whole as object), [second]: value } };
}

/** Parameters that are words. */
const FUSIONS: readonly FusionName[] = ['sum', 'min-max', 'relative', 'distribution', 'rrf'];
const CHOICES: Readonly<Record<string, readonly string[]>> = { fusion: FUSIONS };

const isAllowed = (key: string, value: ParameterValue): boolean =>
  typeof value === 'string' ? (CHOICES[key]?.includes(value) ?? false) : typeof value === 'boolean' || value >= 0;

const isLike = (sample: ParameterValue, given: unknown): given is ParameterValue =>
  typeof given === typeof sample && (typeof given !== 'number' || Number.isFinite(given));

function parseLike(sample: ParameterValue, text: string): ParameterValue | undefined {
  if (typeof sample === 'number') return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (typeof sample === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text === '' ? undefined : text;
}

/** `a=b` in two; without a value, it is empty. */
function cut(pair: string): [key: string, value: string] {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
}

const isMode = (text: string): text is SearchMode => (MODES as readonly string[]).includes(text);

const wrong = (message: string): RagError =>
  new RagError('USAGE', { message, hint: 'Write --config name:key=value,…, such as --config heavy:vectorWeight=1.5.' });
