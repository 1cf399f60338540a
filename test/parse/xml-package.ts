import { writeZip } from './write-zip.ts';

const relationshipType = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Part contents by name to an archive. */
export const writeParts = (parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array =>
  writeZip(Object.entries(parts).map(([name, data]) => ({ name, data })));

/** A relationships part: `[id, type, target]` each. */
export const writeRelationships = (links: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships>${links
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${relationshipType}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;
