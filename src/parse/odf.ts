import { RagError } from '../platform/errors.ts';
import { odfReader } from './odf/content.ts';
import { readListStyles } from './odf/list-styles.ts';
import { documentProperties, openPackage } from './office/package.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import type { ZipArchive } from './unzip.ts';
import { readXml } from './xml.ts';

type OdfType = 'odt' | 'ods' | 'odp';

const mediaTypes: Readonly<Record<OdfType, string>> = {
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
};

const odfParser = (type: OdfType, extensions: readonly string[]): Parser => ({
  type,
  mediaTypes: [mediaTypes[type], `${mediaTypes[type]}-template`],
  extensions,
  parse: (input) => parseOdf(input, type),
});

/** OpenDocument texts, sheets and presentations (LibreOffice, OpenOffice). */
export const odfParsers: readonly Parser[] = [
  odfParser('odt', ['odt', 'ott']),
  odfParser('ods', ['ods', 'ots']),
  odfParser('odp', ['odp', 'otp']),
];

async function parseOdf(input: ParseInput, type: OdfType): Promise<ParsedDocument> {
  const archive = openPackage(input);
  refuseEncrypted(archive);
  const bytes = archive.read('content.xml');
  if (!bytes)
    throw new RagError('PARSE_FAILED', {
      message: 'Not an OpenDocument file: "content.xml" is missing from the archive.',
      hint: 'Get the file again, or open and save it with the program that made it.',
    });
  const text = structuredText(input.limits.maxTextLength);
  const reader = odfReader(
    text,
    readListStyles([
      { name: 'styles.xml', bytes: archive.read('styles.xml') },
      { name: 'content.xml', bytes },
    ]),
  );
  readXml(bytes, 'content.xml', reader.handlers);
  reader.end();
  const properties = documentProperties(archive, 'meta.xml');
  const { title, ...structure } = text.finish();
  return parsedDocument({
    ...structure,
    type,
    mediaType: mediaTypes[type],
    title: properties.title ?? (type === 'ods' ? null : title),
    modifiedAt: properties.modifiedAt,
    metadata: properties.metadata,
    warnings: reader.warnings,
  });
}

function refuseEncrypted(archive: ZipArchive): void {
  const bytes = archive.read('META-INF/manifest.xml');
  let encrypted = false;
  let current = '';
  if (bytes)
    readXml(bytes, 'META-INF/manifest.xml', {
      open(name, attributes) {
        if (name === 'file-entry') current = Object.values(attributes).includes('content.xml') ? 'content.xml' : '';
        if (name === 'encryption-data' && current === 'content.xml') encrypted = true;
      },
    });
  if (encrypted || archive.has('encrypted-package'))
    throw new RagError('PARSE_ENCRYPTED', {
      message: 'The document is encrypted and a password is needed to open it.',
      hint: 'Save a copy without a password.',
    });
}
