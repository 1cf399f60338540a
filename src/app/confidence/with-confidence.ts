import { probabilityOf } from '../../evaluate/fit-logistic.ts';
import type { AppContext } from '../app-context.ts';
import type { SearchOptions, SearchResult } from '../types.ts';
import { validCalibration } from './calibration.ts';
import { hitFeatures } from './hit-features.ts';

/**
 * The result with a confidence for each hit, where this database was calibrated for such a search; else as it is. A
 * passage that was grown, or hits in another order than that of their scores, are not what the labels spoke of.
 */
export function withConfidence({ store }: AppContext, result: SearchResult, options: SearchOptions): SearchResult {
  if (result.mode !== 'hybrid' || result.hits.length === 0 || isOtherSearch(options)) return result;
  const calibration = validCalibration(store);
  if (!calibration || result.hits.some(({ signals }) => signals.some(({ list }) => list === 'rerank'))) return result;
  const features = hitFeatures(result);
  return {
    ...result,
    hits: result.hits.map((hit, i) => ({ ...hit, confidence: probabilityOf(calibration, features[i] ?? []) })),
  };
}

const isOtherSearch = (options: SearchOptions): boolean =>
  options.parameters !== undefined ||
  options.graph === false ||
  options.expandQuery !== undefined ||
  options.expandSections === true ||
  (options.window ?? 0) > 0 ||
  (options.diversity ?? 0) > 0;
