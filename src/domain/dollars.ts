const MICRO_DOLLARS = 1_000_000;

/** Millionths of a US dollar as an amount: two places, or as many as it takes to show anything. */
export function dollars(microDollars: number): string {
  const amount = microDollars / MICRO_DOLLARS;
  if (microDollars === 0 || amount >= 0.1) return `$${amount.toFixed(2)}`;
  return `$${amount.toFixed(6).replace(/0+$/, '')}`;
}
