import type { Section } from '../domain/document.ts';
import type { ParsedDocument } from '../parse/types.ts';
import { applyEdits } from './apply-edits.ts';
import { countFindings } from './count-findings.ts';
import { findPii } from './find-pii.ts';
import { editsFor, treatText } from './treat-text.ts';
import type { PiiCount, TreatmentPlan } from './types.ts';

/** What is known of the values of one text, of which a title or a property may repeat some. */
const MAX_KNOWN = 2000;

export type TreatedDocument = { readonly document: ParsedDocument; readonly found: readonly PiiCount[] };

/**
 * Finds what the plan looks for in the text of a document, and in its title, headings, tags, properties and warnings; and
 * takes it out of all of them where the plan says so. `report` and `refuse` leave the document as it is.
 */
export function treatDocument(document: ParsedDocument, plan: TreatmentPlan): TreatedDocument {
  const findings = findPii(document.text, plan);
  const known = findings.slice(0, MAX_KNOWN);
  const aside = [document.title ?? '', ...document.tags, ...stringsOf(document.metadata)];
  const beside = aside.flatMap((text) => findPii(text, { ...plan, known }));
  // What only a title or a property holds stands on no line.
  const inText = new Set(findings.map(({ kind, value }) => `${kind} ${value}`));
  const onlyBeside = beside.filter(({ kind, value }) => !inText.has(`${kind} ${value}`));
  const found = countFindings(document.text, findings, { firstLine: document.firstLine, beside: onlyBeside });
  if (plan.treatment === 'report' || plan.treatment === 'refuse') return { document, found };
  const all = [...known, ...onlyBeside];
  const treat = (text: string): string => treatText(text, plan, all);
  const treated = applyEdits(document, editsFor(findings, plan));
  return {
    document: {
      ...treated,
      title: document.title === null ? null : treat(document.title),
      sections: treated.sections.map(
        (section): Section => (section.kind === 'heading' ? { ...section, title: treat(section.title) } : section),
      ),
      tags: document.tags.map(treat),
      metadata: mapStrings(document.metadata, treat) as Readonly<Record<string, unknown>>,
      warnings: document.warnings.map(treat),
    },
    found,
  };
}

/** Every text within plain JSON, names of properties too. */
function stringsOf(value: unknown): string[] {
  const strings: string[] = [];
  mapStrings(value, (text) => {
    strings.push(text);
    return text;
  });
  return strings;
}

/** Plain JSON with its texts, and the names of its properties, changed. Numbers of five digits and more are texts too. */
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number' && Math.abs(value) >= 10_000) {
    const changed = change(String(value));
    return changed === String(value) ? value : changed;
  }
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [change(name), mapProperty(name, item, change)]),
  );
}

/** The name of a property says what its value is: `ssn: 123-45-6789`. */
function mapProperty(name: string, item: unknown, change: (text: string) => string): unknown {
  if (typeof item !== 'string' && typeof item !== 'number') return mapStrings(item, change);
  const lead = `${name}: `;
  const changed = change(lead + String(item));
  if (changed === lead + String(item)) return item;
  return changed.startsWith(lead) ? changed.slice(lead.length) : changed;
}
