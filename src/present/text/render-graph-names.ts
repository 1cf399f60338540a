import type { AliasReport, MergeReport, RelationExtraction, UnmergeReport } from '../../app/graph/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { locationOf } from './location.ts';
import { countOf, groupDigits } from './quantities.ts';
import type { Page } from './style.ts';

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');
const dayOf = (at: string): string => at.slice(0, 10);

export const renderAliases = ({ aliases, separations }: AliasReport, { style, workingFolder }: Page): string =>
  textOf([
    ...aliases.flatMap(({ name, of, reason, note, at, similarity, beside, evidence }) => [
      `${style.bold(escapeLine(name))} → ${escapeLine(of.name)} (${of.kind}): ${reason}${at ? `, ${dayOf(at)}` : ''}`,
      ...(beside && similarity !== null
        ? [`  alike by ${similarity.toFixed(2)}, and both beside ${escapeLine(beside.name)}`]
        : []),
      ...(note ? [`  ${escapeLine(note)}`] : []),
      ...(evidence
        ? [
            `  ${escapeLine(evidence.sentence)}`,
            `  ${style.place(escapeLine(locationOf({ ...evidence, uri: evidence.document.uri }, workingFolder)))}`,
          ]
        : []),
    ]),
    ...separations.map(
      ({ names, note, at }) => `${names.map(escapeLine).join(' ≠ ')}: ${escapeLine(note)}, ${dayOf(at)}`,
    ),
  ]);

export const renderMerge = ({ entity, merged, already }: MergeReport, { style }: Page): string =>
  textOf([
    ...merged.map((name) => `${escapeLine(name)} → ${style.bold(escapeLine(entity.name))}`),
    ...already.map((name) => style.dim(`${escapeLine(name)} was ${escapeLine(entity.name)} before`)),
    `${escapeLine(entity.name)} (${entity.kind}): ${countOf(entity.passages, 'passage')} in ${countOf(entity.documents, 'document')}`,
  ]);

export const renderUnmerge = ({ entity, separated, others }: UnmergeReport, { style }: Page): string =>
  textOf(
    separated.length === 0
      ? []
      : [
          ...separated.map((name) => `${style.bold(escapeLine(entity.name))} ≠ ${escapeLine(name)}`),
          ...[entity, ...others].map(
            ({ name, kind, passages, documents }) =>
              `${escapeLine(name)} (${kind}): ${countOf(passages, 'passage')} in ${countOf(documents, 'document')}`,
          ),
        ],
  );

export const renderRelationExtraction = (result: RelationExtraction, { style }: Page): string =>
  textOf([
    `${countOf(result.relations, 'relation')} in ${countOf(result.asked, 'passage')}, by ${style.bold(escapeLine(result.model))}`,
    ...(result.rejected > 0
      ? [`${countOf(result.rejected, 'relation')} left out: a name stands nowhere in its passage`]
      : []),
    ...(result.unreadable > 0 ? [`${countOf(result.unreadable, 'passage')} without a reply that could be read`] : []),
    `${countOf(result.calls, 'call')}, ${groupDigits(result.inputTokens)} tokens in, ${groupDigits(result.outputTokens)} out`,
  ]);
