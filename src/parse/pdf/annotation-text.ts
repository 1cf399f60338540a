import type { PdfAnnotation } from './load-pdfjs.ts';

/** Text that a page shows through its annotations, and where; `rect` is [left, bottom, right, top] in page units. */
export type PlacedText = {
  readonly text: string;
  readonly rect: readonly [number, number, number, number];
  readonly size: number;
};

export type AnnotationText = {
  /** Form values and text boxes: part of the page as it is seen. */
  readonly placed: PlacedText[];
  /** Comments that belong to a mark or a note icon: shown only when opened. */
  readonly comments: string[];
};

/** Collect form-field values, free text and comments, each once. */
export function annotationText(annotations: readonly PdfAnnotation[]): AnnotationText {
  const placed: PlacedText[] = [];
  const comments: string[] = [];
  for (const annotation of annotations) {
    if (annotation.hidden) continue;
    if (annotation.subtype === 'Widget' || annotation.subtype === 'FreeText') {
      const lines = annotation.subtype === 'Widget' ? fieldLines(annotation) : boxLines(annotation);
      if (lines.length > 0 && annotation.rect)
        placed.push(...placeLines(lines, annotation.rect, annotation.defaultAppearanceData?.fontSize));
      continue;
    }
    // A popup repeats the contents of the mark that it belongs to; a link's contents describe its target.
    if (annotation.subtype === 'Popup' || annotation.subtype === 'Link') continue;
    const comment = annotation.contentsObj?.str?.trim();
    if (comment && !comments.includes(comment)) comments.push(comment);
  }
  return { placed, comments };
}

function fieldLines(field: PdfAnnotation): string[] {
  if (field.password || field.fieldType === 'Sig') return [];
  if (field.checkBox || field.radioButton) return isOn(field) ? ['[x]'] : [];
  if (field.textContent?.some((line) => line.trim() !== '')) return nonEmpty(field.textContent);
  const values = Array.isArray(field.fieldValue) ? field.fieldValue : [field.fieldValue];
  const shown = values.filter((value) => typeof value === 'string').map((value) => displayValue(field, value));
  return nonEmpty(shown.flatMap((value) => value.split(/\r\n?|\n/)));
}

function isOn(field: PdfAnnotation): boolean {
  const on = field.checkBox ? field.exportValue : field.buttonValue;
  return typeof on === 'string' && on !== 'Off' && field.fieldValue === on;
}

function displayValue(field: PdfAnnotation, value: string): string {
  const option = field.options?.find(({ exportValue }) => exportValue === value);
  return option?.displayValue ?? value;
}

function boxLines(box: PdfAnnotation): string[] {
  const lines = nonEmpty(box.textContent ?? []);
  return lines.length > 0 ? lines : nonEmpty((box.contentsObj?.str ?? '').split(/\r\n?|\n/));
}

const nonEmpty = (lines: readonly string[]): string[] => lines.map((line) => line.trim()).filter((line) => line !== '');

function placeLines(lines: readonly string[], rect: PlacedText['rect'], fontSize = 0): PlacedText[] {
  const [left, bottom, right, top] = rect;
  const lineHeight = Math.max(1, (top - bottom) / lines.length);
  const size = Math.min(fontSize || lineHeight * 0.7, lineHeight);
  return lines.map((text, index) => {
    const lineTop = top - index * lineHeight;
    return { text, size, rect: [left, lineTop - lineHeight, right, lineTop] };
  });
}
