import { mean } from './metrics.ts';

/** What was said of something, in [0, 1], and whether it was so. */
export type Forecast = { readonly probability: number; readonly isTrue: boolean };

/** Mean squared distance of what was said from what was so, in [0, 1]; lower is better. 0 for none. Source: Brier 1950. */
export const brierScore = (forecasts: readonly Forecast[]): number => mean(forecasts.map(squaredError));

export const squaredError = ({ probability, isTrue }: Forecast): number => (probability - (isTrue ? 1 : 0)) ** 2;

/**
 * Mean distance between what was said and how often it was so, over bins of equal width, weighted by their sizes. In
 * [0, 1]; 0 for none. Source: Naeini, Cooper, Hauskrecht, AAAI 2015.
 */
export function expectedCalibrationError(forecasts: readonly Forecast[], bins = 10): number {
  const byBin = new Map<number, Forecast[]>();
  for (const forecast of forecasts) {
    const bin = Math.min(bins - 1, Math.floor(forecast.probability * bins));
    const there = byBin.get(bin);
    if (there) there.push(forecast);
    else byBin.set(bin, [forecast]);
  }
  let sum = 0;
  for (const each of byBin.values()) {
    const said = mean(each.map(({ probability }) => probability));
    const so = mean(each.map(({ isTrue }) => (isTrue ? 1 : 0)));
    sum += each.length * Math.abs(said - so);
  }
  return forecasts.length > 0 ? sum / forecasts.length : 0;
}
