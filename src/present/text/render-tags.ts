import type { TagCount, TagSuggestions } from '../../app/understanding/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

const percent = (value: number | null): string => (value === null ? '-' : `${Math.round(value * 100)}%`);

/** How right suggestions were of held-out documents, then the suggestions. */
export function renderTagSuggestions({ figures, suggestions }: TagSuggestions, page: Page): string {
  const options = { width: page.width, paintTitle: page.style.dim };
  const measured = renderColumns(
    [
      { title: 'tag' },
      { title: 'documents', align: 'right' },
      { title: 'suggested', align: 'right' },
      { title: 'precision', align: 'right' },
      { title: 'recall', align: 'right' },
    ],
    figures.map((each) => [
      escapeLine(each.tag),
      groupDigits(each.documents),
      groupDigits(each.suggested),
      percent(each.precision),
      percent(each.recall),
    ]),
    options,
  );
  if (suggestions.length === 0) return measured;
  const suggested = renderColumns(
    [{ title: 'document', shrinks: true }, { title: 'suggested tags' }],
    suggestions.map(({ path, tags }) => [
      escapeLine(path),
      tags.map(({ tag, confidence }) => `${escapeLine(tag)} ${percent(confidence)}`).join(', '),
    ]),
    options,
  );
  return `${measured}\n${suggested}`;
}

export const renderTagCounts = (counts: readonly TagCount[], page: Page): string =>
  renderColumns(
    [{ title: 'tag' }, { title: 'documents', align: 'right' }],
    counts.map(({ tag, documents }) => [escapeLine(tag), groupDigits(documents)]),
    { width: page.width, paintTitle: page.style.dim },
  );
