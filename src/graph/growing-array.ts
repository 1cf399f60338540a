/** Integers of 32 bits in a row that grows. */
export type GrowingArray = {
  push(value: number): void;
  at(index: number): number;
  set(index: number, value: number): void;
  readonly length: () => number;
  finish(): Int32Array;
};

export function createGrowingArray(expected = 1024): GrowingArray {
  let values = new Int32Array(expected);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        const larger = new Int32Array(values.length * 2);
        larger.set(values);
        values = larger;
      }
      values[length++] = value;
    },
    at: (index) => values[index] as number,
    set(index, value) {
      values[index] = value;
    },
    length: () => length,
    finish: () => values.subarray(0, length),
  };
}
