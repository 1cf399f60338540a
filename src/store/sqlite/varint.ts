/** SQLite's variable-length integer: seven bits a byte, the highest first, the ninth byte whole. Exact up to 2^53. */
export function readVarints(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  let value = 0;
  let length = 0;
  for (const byte of bytes) {
    length++;
    value = length === 9 ? value * 256 + byte : value * 128 + (byte & 127);
    if (byte < 128 || length === 9) {
      numbers.push(value);
      value = 0;
      length = 0;
    }
  }
  return numbers;
}

/** Of numbers from 0 to 2^53. */
export function writeVarints(numbers: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  for (const number of numbers) {
    const groups = [number % 128];
    for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) groups.push((rest % 128) | 128);
    bytes.push(...groups.reverse());
  }
  return Uint8Array.from(bytes);
}
