import { crc32, deflateRawSync } from 'node:zlib';

export type ZipMember = {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly method?: 'store' | 'deflate';
  /** Uncompressed size to declare in place of the true one. */
  readonly declaredBytes?: number;
  readonly encrypted?: boolean;
  /** Sizes behind the data instead of before it. */
  readonly dataDescriptor?: boolean;
  /** Sizes in a ZIP64 extra field. */
  readonly zip64?: boolean;
  /** Point the directory at the data of the member with this index. */
  readonly sameDataAs?: number;
};

/** A ZIP archive of the given members; enough of the format to write what the reader must accept or refuse. */
export function writeZip(members: readonly ZipMember[]): Uint8Array {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  const push = (chunk: Buffer) => {
    chunks.push(chunk);
    offset += chunk.length;
  };
  for (const member of members) {
    const plain = typeof member.data === 'string' ? Buffer.from(member.data) : Buffer.from(member.data);
    const packed = member.method === 'store' ? plain : deflateRawSync(plain, { level: 9 });
    const name = Buffer.from(member.name);
    const declared = member.declaredBytes ?? plain.length;
    const flags = (member.encrypted ? 1 : 0) | (member.dataDescriptor ? 8 : 0) | 0x800;
    const method = member.method === 'store' ? 0 : 8;
    const crc = crc32(plain);
    const at = member.sameDataAs === undefined ? offset : offsets[member.sameDataAs]!;
    offsets.push(at);
    if (member.sameDataAs === undefined) {
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(20, 4);
      local.writeUInt16LE(flags, 6);
      local.writeUInt16LE(method, 8);
      if (!member.dataDescriptor) {
        local.writeUInt32LE(crc, 14);
        local.writeUInt32LE(packed.length, 18);
        local.writeUInt32LE(declared, 22);
      }
      local.writeUInt16LE(name.length, 26);
      push(local);
      push(name);
      push(packed);
      if (member.dataDescriptor) {
        const descriptor = Buffer.alloc(16);
        descriptor.writeUInt32LE(0x08074b50, 0);
        descriptor.writeUInt32LE(crc, 4);
        descriptor.writeUInt32LE(packed.length, 8);
        descriptor.writeUInt32LE(declared, 12);
        push(descriptor);
      }
    }
    const extra = member.zip64 ? Buffer.alloc(28) : Buffer.alloc(0);
    if (member.zip64) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      extra.writeBigUInt64LE(BigInt(declared), 4);
      extra.writeBigUInt64LE(BigInt(packed.length), 12);
      extra.writeBigUInt64LE(BigInt(at), 20);
    }
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(member.zip64 ? 0xffffffff : packed.length, 20);
    central.writeUInt32LE(member.zip64 ? 0xffffffff : declared, 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(member.zip64 ? 0xffffffff : at, 42);
    directory.push(central, name, extra);
  }
  const start = offset;
  for (const chunk of directory) push(chunk);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(offset - start, 12);
  end.writeUInt32LE(start, 16);
  push(end);
  return new Uint8Array(Buffer.concat(chunks));
}
