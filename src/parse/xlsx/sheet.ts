import { RagError } from '../../platform/errors.ts';
import { attribute, readXml } from '../xml.ts';
import { serialToIso } from './cell-formats.ts';

/** Cells with a value, by 0-based column; rows without any are left out but leave a gap in `row`. */
export type SheetRow = {
  readonly row: number;
  readonly cells: readonly { readonly column: number; readonly value: string }[];
};

export type SheetContext = {
  readonly sharedStrings: readonly string[];
  readonly isDateStyle: (style: number) => boolean;
  readonly date1904: boolean;
  readonly maxTextLength: number;
};

/** Shared strings, without the phonetic readings that East Asian files keep beside them. */
export function readSharedStrings(bytes: Uint8Array | null, part: string): string[] {
  const strings: string[] = [];
  if (!bytes) return strings;
  let current = '';
  let inText = false;
  let phonetic = 0;
  readXml(bytes, part, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') inText = phonetic === 0;
    },
    close(name) {
      if (name === 'si') strings.push(current);
      else if (name === 'rPh') phonetic--;
      else if (name === 't') inText = false;
    },
    text(text) {
      if (inText) current += text;
    },
  });
  return strings;
}

/** Read a worksheet as it stands in the file: only cells that exist, whatever dimension the sheet claims. */
export function readSheet(bytes: Uint8Array, part: string, context: SheetContext): SheetRow[] {
  const rows: SheetRow[] = [];
  let row = -1;
  let column = -1;
  let cells: { column: number; value: string }[] = [];
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;
  let phonetic = 0;
  let length = 0;
  readXml(bytes, part, {
    open(name, attributes) {
      if (name === 'row') {
        const declared = Number(attribute(attributes, 'r') ?? Number.NaN);
        row = Number.isSafeInteger(declared) ? declared - 1 : row + 1;
        column = -1;
        cells = [];
      } else if (name === 'c') {
        column = columnOf(attribute(attributes, 'r')) ?? column + 1;
        type = attribute(attributes, 't') ?? 'n';
        style = Number(attribute(attributes, 's') ?? 0);
        value = '';
      } else if (name === 'rPh') phonetic++;
      else if (name === 'v' || name === 't') inValue = phonetic === 0;
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') phonetic--;
      else if (name === 'c') {
        const shown = shownValue(value, { type, style, context });
        if (shown.trim() === '') return;
        cells.push({ column, value: shown });
        length += shown.length;
        if (length > context.maxTextLength)
          throw new RagError('PARSE_TOO_LARGE', {
            message: `The sheet "${part}" has more than ${context.maxTextLength} characters of values.`,
            hint: 'Save the sheet as CSV and split it.',
          });
      } else if (name === 'row' && cells.length > 0) rows.push({ row, cells });
    },
    text(text) {
      if (inValue) value += text;
    },
  });
  return rows;
}

type Shown = { readonly type: string; readonly style: number; readonly context: SheetContext };

function shownValue(value: string, { type, style, context }: Shown): string {
  switch (type) {
    case 's':
      return context.sharedStrings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : value === '0' ? 'FALSE' : value;
    case 'str':
    case 'inlineStr':
    case 'e':
    case 'd':
      return value;
  }
  if (value === '') return '';
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (context.isDateStyle(style)) return serialToIso(number, context.date1904) ?? value;
  // Excel calculates with 15 digits; more are noise of the binary form (0.30000000000000004).
  return String(Number(number.toPrecision(15)));
}

/** "AB12" to 27; null where there is no reference. */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0];
  if (!letters) return null;
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
