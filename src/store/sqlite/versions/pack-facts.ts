import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packed, unpacked } from './pack-content.ts';

/** The columns of a document by name, but for its row and what says where it belongs; its own tags beside them. */
export type Facts = {
  readonly columns: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
};

/** What facts are mostly made of, so that it costs nothing in each of them. */
const DICTIONARY = Buffer.from(
  '{"b":"=="},"metadata":"{\\"author\\":\\"date\\":\\"description\\":\\"tags\\":[]}","language":"en","modified_at":"2026-01-01T00:00:00.000Z","indexed_at":"2026-01-01T00:00:00.000Z","since":null,"first_line":1,"mtime_ms":1,"size":1,"text_length":1,"chunk_count":1,"content_hash":{"b":"=="},"media_type":"text/html","type":"html","media_type":"application/pdf","type":"pdf","media_type":"text/plain","type":"txt","media_type":"text/markdown","type":"md","language":null,"file_hash":null,"tags":[],"uri":"https://www.","path":"","title":"","uri":"file:///home/","columns":{"public_id":"',
);

/** More than any document says of itself; what inflates further is damage. */
const MAX_FACTS_BYTES = 64_000_000;

export const packFacts = ({ columns, tags }: Facts): Uint8Array =>
  deflateRawSync(
    JSON.stringify({
      columns: Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, packed(value)])),
      tags,
    }),
    { level: 9, dictionary: DICTIONARY },
  );

export function unpackFacts(bytes: Uint8Array): Facts {
  const inflated = inflateRawSync(bytes, { dictionary: DICTIONARY, maxOutputLength: MAX_FACTS_BYTES });
  const { columns, tags } = JSON.parse(inflated.toString('utf8')) as Facts;
  return {
    columns: Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, unpacked(value)])),
    tags,
  };
}
