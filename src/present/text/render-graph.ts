import type {
  CommunityReport,
  EntityDetail,
  EntityPath,
  EntitySummary,
  Evidence,
  GraphStats,
  RelatedResult,
} from '../../app/graph/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf } from './location.ts';
import { countOf, formatBytes, formatScore, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';
import { wrapLines } from './wrap-lines.ts';

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** Lines of at most the page's width, each after so many spaces. */
const wrapped = (text: string, indent: number, { width }: Page): string[] =>
  wrapLines(text, width > 0 ? Math.max(20, width - indent) : Number.MAX_SAFE_INTEGER).map(
    ({ start, end }) => `${' '.repeat(indent)}${text.slice(start, end)}`,
  );

const placeOf = ({ document, page, lines }: Evidence, { style, workingFolder }: Page): string =>
  style.place(escapeLine(locationOf({ uri: document.uri, page, lines }, workingFolder)));

/** Columns that a count and the space after it take. */
const COUNT_WIDTH = 13;

export function renderGraphStats(stats: GraphStats, page: Page): string {
  const { style } = page;
  const rows = (entries: readonly (readonly [string, number])[]): string[] =>
    entries.flatMap(([name, count]) =>
      wrapped(name, COUNT_WIDTH, page).map((line, i) =>
        i === 0 ? `${groupDigits(count).padStart(COUNT_WIDTH - 2)}  ${line.trimStart()}` : line,
      ),
    );
  return textOf([
    ...wrapped(
      `${countOf(stats.entities, 'entity', 'entities')}, ${groupDigits(stats.shared)} of them in several passages; ${countOf(stats.mentions, 'mention')} in ${countOf(stats.passages, 'passage')} of ${countOf(stats.documents, 'document')}; ${formatBytes(stats.bytes)}.`,
      0,
      page,
    ),
    `${countOf(stats.merges, 'name')} taken for another.`,
    style.bold('Kinds'),
    ...rows(stats.kinds.map(({ kind, about, entities }) => [`${kind}: ${about}`, entities])),
    style.bold('Relations'),
    ...rows(stats.relations.map(({ kind, count }) => [kind, count])),
  ]);
}

export const renderEntities = (entities: readonly EntitySummary[], page: Page): string =>
  renderColumns(
    [
      { title: 'entity', shrinks: true },
      { title: 'kind' },
      { title: 'passages', align: 'right' },
      { title: 'documents', align: 'right' },
    ],
    entities.map(({ name, kind, passages, documents }) => [
      escapeLine(name),
      kind,
      groupDigits(passages),
      groupDigits(documents),
    ]),
    { width: page.width, paintTitle: page.style.dim },
  );

export function renderEntity(entity: EntityDetail, page: Page): string {
  const { bold } = page.style;
  return textOf([
    `${bold(escapeLine(entity.name))} (${entity.kind}): ${countOf(entity.passages, 'passage')} in ${countOf(entity.documents, 'document')}`,
    ...(entity.aliases.length > 0 ? wrapped(`also ${entity.aliases.map(escapeLine).join(', ')}`, 0, page) : []),
    ...(entity.places.length > 0 ? [bold('Passages')] : []),
    ...entity.places.flatMap((place) => [`  ${placeOf(place, page)}`, ...wrapped(escapeLine(place.sentence), 4, page)]),
    ...(entity.relations.length > 0 ? [bold('Relations')] : []),
    ...entity.relations.flatMap(({ kind, direction, other, evidence }) => {
      const [from, to] = direction === 'out' ? [entity, other] : [other, entity];
      return [
        `  ${escapeLine(from.name)} — ${kind} — ${escapeLine(to.name)}`,
        ...wrapped(escapeLine(evidence.sentence), 4, page),
        `    ${placeOf(evidence, page)}`,
      ];
    }),
    ...(entity.neighbours.length > 0 ? [bold('Neighbours')] : []),
    ...entity.neighbours.map(
      ({ name, kind, together, npmi }) =>
        `  ${escapeLine(name)} (${kind}): nPMI ${npmi.toFixed(2)}, ${countOf(together, 'passage')}`,
    ),
  ]);
}

export const renderPath = ({ hops }: EntityPath, page: Page): string =>
  textOf(
    hops.flatMap(({ from, to, evidence }, i) => [
      `${i + 1}. ${page.style.bold(escapeLine(from.name))} → ${page.style.bold(escapeLine(to.name))}`,
      ...wrapped(escapeLine(evidence.sentence), 3, page),
      `   ${placeOf(evidence, page)}`,
    ]),
  );

export const renderCommunities = ({ communities, modularity, entities }: CommunityReport, page: Page): string =>
  textOf([
    page.style.dim(`${countOf(entities, 'entity', 'entities')}; modularity ${modularity.toFixed(2)}`),
    ...communities.flatMap(({ number, size, members }) =>
      wrapped(
        `${number}. ${countOf(size, 'entity', 'entities')}: ${members.map(({ name }) => escapeLine(name)).join(', ')}${size > members.length ? ' …' : ''}`,
        0,
        page,
      ),
    ),
  ]);

export const renderRelated = ({ related }: RelatedResult, page: Page): string =>
  textOf(
    related.flatMap(({ passage, shared, similarity }, i) => [
      `${i + 1}. ${page.style.bold(escapeLine(passage.document.title))}`,
      `   ${placeOf(passage, page)}`,
      ...wrapped(escapeLine(passage.sentence), 3, page),
      ...wrapped(
        `${[...(shared.length > 0 ? [`shares ${shared.map(({ name }) => escapeLine(name)).join(', ')}`] : []), ...(similarity === null ? [] : [`similarity ${formatScore(similarity)}`])].join('; ')}`,
        3,
        page,
      ).map(page.style.dim),
    ]),
  );
