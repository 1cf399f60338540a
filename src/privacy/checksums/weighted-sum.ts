/** Sum of digit times weight, over as many digits as there are weights. */
export const weightedSum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * (digits.charCodeAt(index) - 48), 0);

export const digitAt = (digits: string, index: number): number => digits.charCodeAt(index) - 48;

/** Remainder of a decimal number of any length. */
export function remainder(digits: string, divisor: number): number {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor;
  return rest;
}

/** One digit over and over: passes many sums and is nobody's number. */
export const isOneDigit = (digits: string): boolean => digits === digits[0]?.repeat(digits.length);
