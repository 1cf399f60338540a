import { RagError } from '../platform/errors.ts';
import { documentProperties, isOn, mainPart, openPackage, relationships } from './office/package.ts';
import { parsedDocument } from './parsed-document.ts';
import { addSheetTables } from './sheet-table.ts';
import { structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import type { ZipArchive } from './unzip.ts';
import { readDateStyles } from './xlsx/cell-formats.ts';
import { readSharedStrings, readSheet, type SheetContext } from './xlsx/sheet.ts';
import { attribute, prefixedAttribute, readXml } from './xml.ts';

const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Workbooks: a heading per sheet in the order of the tabs, its cells as tables with ISO dates and results of formulas. */
export const xlsxParser: Parser = {
  type: 'xlsx',
  mediaTypes: [mediaType],
  extensions: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xlsb'],
  async parse(input: ParseInput): Promise<ParsedDocument> {
    const archive = openPackage(input);
    if (archive.has('xl/workbook.bin'))
      throw new RagError('PARSE_UNSUPPORTED', {
        message: 'Not supported: a binary Excel workbook (.xlsb).',
        hint: 'Save it as .xlsx.',
      });
    const main = mainPart(archive, 'xl/workbook.xml', 'Excel');
    const links = relationships(archive, main);
    const partOf = (type: string, usual: string) => links.find((link) => link.type === type)?.target ?? usual;
    const { sheets, date1904 } = readWorkbook(archive, main);
    const strings = partOf('sharedStrings', 'xl/sharedStrings.xml');
    const styles = partOf('styles', 'xl/styles.xml');
    const context: SheetContext = {
      sharedStrings: readSharedStrings(archive.read(strings), strings),
      isDateStyle: readDateStyles(archive.read(styles), styles),
      date1904,
      maxTextLength: input.limits.maxTextLength,
    };
    const text = structuredText(input.limits.maxTextLength);
    const warnings: string[] = [];
    let filled = 0;
    for (const { name, id } of sheets) {
      const link = links.find((candidate) => candidate.id === id);
      if (link?.type !== 'worksheet') continue;
      const bytes = link.target ? archive.read(link.target) : null;
      if (!bytes) {
        warnings.push(`Sheet "${name}" is missing from the archive.`);
        continue;
      }
      const rows = readSheet(bytes, link.target ?? '', context);
      if (rows.length === 0) continue;
      filled++;
      text.heading(1, name);
      addSheetTables(text, rows);
    }
    if (filled === 0)
      throw new RagError('PARSE_NO_TEXT', { message: `No text: the workbook's ${sheets.length} sheets are empty.` });
    const properties = documentProperties(archive);
    const { title: _sheetName, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'xlsx',
      mediaType,
      title: properties.title,
      modifiedAt: properties.modifiedAt,
      metadata: { ...properties.metadata, sheets: sheets.map(({ name }) => name) },
      warnings,
    });
  },
};

function readWorkbook(
  archive: ZipArchive,
  main: string,
): { sheets: { name: string; id: string }[]; date1904: boolean } {
  const sheets: { name: string; id: string }[] = [];
  let date1904 = false;
  const bytes = archive.read(main);
  if (bytes)
    readXml(bytes, main, {
      open(name, attributes) {
        if (name === 'sheet')
          sheets.push({ name: attribute(attributes, 'name') ?? '', id: prefixedAttribute(attributes, 'id') ?? '' });
        else if (name === 'workbookPr')
          date1904 = attributes.date1904 !== undefined && isOn({ val: attributes.date1904 });
      },
    });
  return { sheets, date1904 };
}
