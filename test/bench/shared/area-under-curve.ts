/**
 * Probability that a value of the first list is larger than one of the second, ties counting half: the area under the
 * ROC curve. In [0, 1]; .5 tells nothing apart. Source: Mann-Whitney U.
 */
export function areaUnderCurve(larger: readonly number[], smaller: readonly number[]): number {
  const all = [...larger.map((value) => ({ value, own: true })), ...smaller.map((value) => ({ value, own: false }))];
  all.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let i = 0; i < all.length; ) {
    let end = i;
    while (end < all.length && all[end]?.value === all[i]?.value) end++;
    const meanRank = (i + 1 + end) / 2;
    for (let j = i; j < end; j++) if (all[j]?.own) rankSum += meanRank;
    i = end;
  }
  const most = larger.length * smaller.length;
  return most > 0 ? (rankSum - (larger.length * (larger.length + 1)) / 2) / most : 0.5;
}
