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

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

const placeOf = ({ document, page, lines }: Evidence, { style, workingFolder }: Page): string =>
  style.place(escapeLine(locationOf({ uri: document.uri, page, lines }, workingFolder)));

export function renderGraphStats(stats: GraphStats, { style }: Page): string {
  const rows = (entries: readonly (readonly [string, number])[]): string[] =>
    entries.map(([name, count]) => `  ${groupDigits(count).padStart(9)}  ${name}`);
  return textOf([
    `${countOf(stats.entities, 'entity', 'entities')}, ${groupDigits(stats.shared)} of them in several passages; ${countOf(stats.mentions, 'mention')} in ${countOf(stats.passages, 'passage')} of ${countOf(stats.documents, 'document')}; ${formatBytes(stats.bytes)}.`,
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
    ...(entity.aliases.length > 0 ? [`also ${entity.aliases.map(escapeLine).join(', ')}`] : []),
    ...(entity.places.length > 0 ? [bold('Passages')] : []),
    ...entity.places.flatMap((place) => [`  ${placeOf(place, page)}`, `    ${escapeLine(place.sentence)}`]),
    ...(entity.relations.length > 0 ? [bold('Relations')] : []),
    ...entity.relations.flatMap(({ kind, direction, other, evidence }) => {
      const [from, to] = direction === 'out' ? [entity, other] : [other, entity];
      return [
        `  ${escapeLine(from.name)} — ${kind} — ${escapeLine(to.name)}`,
        `    ${escapeLine(evidence.sentence)}`,
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
      `   ${escapeLine(evidence.sentence)}`,
      `   ${placeOf(evidence, page)}`,
    ]),
  );

export const renderCommunities = ({ communities, modularity, entities }: CommunityReport, { style }: Page): string =>
  textOf([
    style.dim(`${countOf(entities, 'entity', 'entities')}; modularity ${modularity.toFixed(2)}`),
    ...communities.map(
      ({ number, size, members }) =>
        `${number}. ${countOf(size, 'entity', 'entities')}: ${members.map(({ name }) => escapeLine(name)).join(', ')}${size > members.length ? ' …' : ''}`,
    ),
  ]);

export const renderRelated = ({ related }: RelatedResult, page: Page): string =>
  textOf(
    related.flatMap(({ passage, shared, similarity }, i) => [
      `${i + 1}. ${page.style.bold(escapeLine(passage.document.title))}`,
      `   ${placeOf(passage, page)}`,
      `   ${escapeLine(passage.sentence)}`,
      page.style.dim(
        `   ${[...(shared.length > 0 ? [`shares ${shared.map(({ name }) => escapeLine(name)).join(', ')}`] : []), ...(similarity === null ? [] : [`similarity ${formatScore(similarity)}`])].join('; ')}`,
      ),
    ]),
  );
