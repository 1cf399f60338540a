import { defaultRetrievalParameters, type RetrievalParameters } from '../../retrieve/retrieval-parameters.ts';
import type { Configuration } from './configuration.ts';

type Ablation = Omit<Configuration, 'parameters'> & { readonly parameters: Partial<RetrievalParameters> };

/** Each takes one stage out of the default configuration, and leaves the others. */
const ABLATIONS: readonly Ablation[] = [
  { name: 'no-vectors', mode: 'lexical', parameters: {} },
  { name: 'no-words', mode: 'vector', parameters: {} },
  { name: 'no-graph', mode: 'hybrid', parameters: { graphWeight: 0 } },
  { name: 'no-coverage', mode: 'hybrid', parameters: { coverageWeight: 0 } },
  { name: 'no-proximity', mode: 'hybrid', parameters: { proximityWeight: 0 } },
  // More terms than any query has: the vector weighs the same in all of them.
  { name: 'no-length-rule', mode: 'hybrid', parameters: { clearTerms: 100_000 } },
  { name: 'no-copy-levelling', mode: 'hybrid', parameters: { nearCopyOverlap: 2 } },
  { name: 'no-title-weight', mode: 'hybrid', parameters: { columnWeights: { title: 1, headings: 1, body: 1 } } },
  { name: 'no-stop-words', mode: 'hybrid', parameters: { dropStopWords: false } },
  { name: 'no-n-grams', mode: 'hybrid', parameters: { grams: false } },
];

/** The whole first, then each stage missing. */
export const ablationConfigurations = (): readonly Configuration[] => [
  { name: 'all', mode: 'hybrid', parameters: {} },
  ...ABLATIONS.filter(({ mode, parameters }) => mode !== 'hybrid' || changesDefault(parameters)),
];

/** A stage that is off by default cannot be taken out. */
const changesDefault = (parameters: Partial<RetrievalParameters>): boolean =>
  (Object.keys(parameters) as (keyof RetrievalParameters)[]).some(
    (key) => JSON.stringify(parameters[key]) !== JSON.stringify(defaultRetrievalParameters[key]),
  );
