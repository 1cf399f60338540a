/** Unsigned integers below 2^53 in groups of seven bits, lowest first, and raw bytes. */
export type ByteWriter = {
  varint(value: number): void;
  byte(value: number): void;
  uint40(value: number): void;
  finish(): Uint8Array;
};

export function createByteWriter(): ByteWriter {
  let bytes = new Uint8Array(256);
  let length = 0;
  const byte = (value: number): void => {
    if (length === bytes.length) {
      const larger = new Uint8Array(bytes.length * 2);
      larger.set(bytes);
      bytes = larger;
    }
    bytes[length++] = value;
  };
  return {
    byte,
    varint(value) {
      let rest = value;
      while (rest >= 0x80) {
        byte((rest % 0x80) | 0x80);
        rest = Math.floor(rest / 0x80);
      }
      byte(rest);
    },
    uint40(value) {
      for (let rest = value, i = 0; i < 5; i++) {
        byte(rest % 256);
        rest = Math.floor(rest / 256);
      }
    },
    finish: () => bytes.slice(0, length),
  };
}

/** Reads what ByteWriter wrote. Past the end everything is 0, and `isAtEnd` holds. */
export type ByteReader = { varint(): number; byte(): number; uint40(): number; isAtEnd(): boolean };

export function createByteReader(bytes: Uint8Array): ByteReader {
  let position = 0;
  const byte = (): number => bytes[position++] ?? 0;
  return {
    byte,
    varint() {
      let value = 0;
      let scale = 1;
      let group = byte();
      while (group >= 0x80 && scale < 2 ** 46) {
        value += (group & 0x7f) * scale;
        scale *= 0x80;
        group = byte();
      }
      return value + (group & 0x7f) * scale;
    },
    uint40: () => byte() + byte() * 2 ** 8 + byte() * 2 ** 16 + byte() * 2 ** 24 + byte() * 2 ** 32,
    isAtEnd: () => position >= bytes.length,
  };
}
