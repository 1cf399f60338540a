import type { DocumentReport, DuplicateReport, ExpiredDocument } from '../../app/understanding/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatBytes, formatDay } from './quantities.ts';
import type { Page } from './style.ts';
import { wrapFact } from './wrap-fact.ts';

/** What is known of one document, a line for each thing. */
export function renderFacts(report: DocumentReport, page: Page): string {
  const { facts, keywords, isExpired } = report;
  const { dates } = facts;
  const because = facts.kindBecause.length > 0 ? ` (${facts.kindBecause.map(escapeLine).join(', ')})` : '';
  const time = dates && [
    ...(dates.from ? [`from ${dates.from}`] : []),
    ...(dates.until ? [`until ${dates.until}`] : []),
    ...(dates.status ? [dates.status] : []),
    ...(dates.supersedes.length > 0 ? [`replaces ${dates.supersedes.map(escapeLine).join(', ')}`] : []),
    ...(dates.supersededBy.length > 0 ? [`replaced by ${dates.supersededBy.map(escapeLine).join(', ')}`] : []),
  ];
  const lines: (readonly [name: string, value: string])[] = [
    ['document', escapeLine(report.path)],
    ['title', escapeLine(report.title)],
    ['text', `${countOf(report.words, 'word')}, ${countOf(report.characters, 'character')}`],
    ['language', facts.language === null ? 'not known' : escapeLine(facts.language)],
    ['kind', facts.kind === null ? 'not known' : `${facts.kind}${because}`],
    ...(time ? [['applies', `${time.join(', ')}${isExpired ? ': no longer' : ''}`] as const] : []),
    ['keywords', keywords.map(({ text }) => escapeLine(text)).join(', ') || 'none'],
    ...facts.warnings.map(
      ({ code, message }, at) => [at === 0 ? 'warnings' : '', `${code}: ${escapeLine(message)}`] as const,
    ),
  ];
  return lines.map(([name, value]) => wrapFact(`${name.padEnd(11)}${value}`, page.width)).join('');
}

export const renderExpired = (expired: readonly ExpiredDocument[]): string =>
  expired.map(({ path, until }) => `${until}  ${escapeLine(path)}\n`).join('');

/** Groups with an empty line between them; the newest document of each comes first. */
export const renderDuplicates = ({ groups }: DuplicateReport, { style }: Page): string =>
  groups
    .map(({ documents }) => {
      const [first] = documents;
      const exact = documents.slice(1).filter(({ likeness }) => likeness === 'bytes').length;
      const words = documents.slice(1).filter(({ likeness }) => likeness === 'words').length;
      const kinds = [
        ...(exact > 0 ? [`${exact} equal`] : []),
        ...(words > 0 ? [`${words} with the same words`] : []),
        ...(documents.length - 1 - exact - words > 0 ? [`${documents.length - 1 - exact - words} near`] : []),
      ];
      const lines = documents.map(({ path, modifiedAt, bytes, likeness, similarity }, at) => {
        const like =
          at === 0
            ? 'newest'
            : likeness === 'near'
              ? `${Math.floor(similarity * 100)}%`
              : likeness === 'bytes'
                ? 'equal'
                : 'words';
        return `  ${like.padEnd(6)}  ${formatDay(modifiedAt) || '          '}  ${formatBytes(bytes).padStart(7)}  ${escapeLine(path)}\n`;
      });
      return `${style.bold(`${escapeLine(first?.path ?? '')}: ${kinds.join(', ')}`)}\n${lines.join('')}`;
    })
    .join('\n');
