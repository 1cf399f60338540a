import type { ListedModel, ModelList } from '../../app/models/list-models.ts';
import type { ShownModel } from '../../app/models/show-model.ts';
import type { EmbedderTest, GeneratorTest } from '../../app/models/test-model.ts';
import type { SpaceFigures } from '../../app/models/types.ts';
import { renderColumns } from './columns.ts';
import { escapeBlock, escapeLine } from './escape-terminal.ts';
import { countOf, formatBytes, formatDuration, groupDigits } from './quantities.ts';
import { nameOfSpace } from './render-re-embed.ts';
import type { Page } from './style.ts';
import { wrapFact } from './wrap-fact.ts';

/** What a model is for, as people say it. */
const KINDS = { embed: 'search', answer: 'answers', rerank: 'reranking' } as const;

export function renderModelList(list: ModelList, spaces: readonly SpaceFigures[], page: Page): string {
  const parts = [renderModels(list.models, page)];
  if (spaces.length > 0) parts.push(renderSpaces(spaces, page));
  parts.push(renderProviders(list, page));
  return parts.join('\n');
}

function renderModels(models: readonly ListedModel[], page: Page): string {
  const columns = [{ title: 'model', shrinks: true }, { title: 'for' }, { title: 'role' }, { title: 'state' }];
  const rows = models.map((model) => [
    escapeLine(model.name),
    KINDS[model.kind],
    escapeLine(model.uses.join(', ')) || '-',
    stateOf(model),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

const stateOf = ({ reason, bytes }: ListedModel): string =>
  reason === null ? `ready${bytes === null ? '' : `, ${formatBytes(bytes)}`}` : escapeLine(reason);

function renderSpaces(spaces: readonly SpaceFigures[], page: Page): string {
  const columns = [
    { title: 'vectors of', shrinks: true },
    { title: 'dimensions', align: 'right' },
    { title: 'passages', align: 'right' },
    { title: 'state' },
  ] as const;
  const rows = spaces.map((space) => [
    nameOfSpace(space),
    String(space.dimensions),
    groupDigits(space.vectors),
    describeState(space),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

function describeState({ state, lack }: SpaceFigures): string {
  const open = lack.passages > 0 ? `, ${groupDigits(lack.passages)} to do` : '';
  return { active: 'searched', building: `half-made${open}`, former: `kept to go back to${open}` }[state];
}

function renderProviders({ providers }: ModelList, page: Page): string {
  const columns = [{ title: 'provider' }, { title: 'for' }, { title: 'state', shrinks: true }];
  const rows = providers.map(({ name, kinds, address, isLocal, reason }) => [
    name,
    kinds.map((kind) => KINDS[kind]).join(', '),
    `${reason === null ? 'ready' : escapeLine(reason)}${isLocal && address !== null ? ` (${escapeLine(hostOf(address))})` : ''}`,
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}

/** Without a name or password that an address may hold. */
const hostOf = (address: string): string => new URL(address).host;

export function renderShownModel(model: ShownModel, page: Page): string {
  const { provider, space, folder } = model;
  const facts: [string, string | null][] = [
    ['model', escapeLine(model.name)],
    ['for', KINDS[model.kind]],
    ['role', escapeLine(model.uses.join(', ')) || 'nothing'],
    ['state', stateOf(model)],
    ['runs', provider.address === null ? 'in this program' : `at ${escapeLine(hostOf(provider.address))}`],
    ...familyFacts(model),
    ['price', priceText(model)],
    ['folder', folder && escapeLine(folder)],
    [
      'vectors',
      space && `${countOf(space.vectors, 'passage')}, ${space.dimensions} dimensions, ${describeState(space)}`,
    ],
  ];
  const width = page.width;
  return facts
    .flatMap(([name, value]) => (value === null ? [] : [wrapFact(`${name.padEnd(9)}  ${value}`, width)]))
    .join('');
}

function familyFacts({ family }: ShownModel): [string, string | null][] {
  if (!family) return [];
  const prefixes = [
    family.query === '' ? '' : `${JSON.stringify(family.query)} before a question`,
    family.passage === '' ? '' : `${JSON.stringify(family.passage)} before a passage`,
  ].filter(Boolean);
  return [
    ['family', family.name],
    ['size', `${family.dimensions ?? 'unknown'} dimensions${family.canShorten ? ', fewer as <model>@<number>' : ''}`],
    ['limit', `${groupDigits(family.maxTokens)} tokens of a text`],
    ['prefixes', prefixes.length > 0 ? escapeLine(prefixes.join(', ')) : 'none'],
    ['pooling', family.pooling],
  ];
}

function priceText({ price, kind }: ShownModel): string {
  if (!price) return 'not known; models.prices can say it';
  if (price.input === 0 && price.output === 0) return 'free';
  const output = kind === 'embed' ? '' : `, $${price.output} out`;
  return `$${price.input} in${output} for a million tokens`;
}

export function renderEmbedderTest(test: EmbedderTest, page: Page): string {
  const { style } = page;
  const facts = [
    ['model', escapeLine(test.name)],
    ['vectors', `${test.dimensions} dimensions, length ${test.norm.toFixed(3)}`],
    ['related', `${test.related.toFixed(3)} mean cosine of a question and its answer`],
    ['others', `${test.unrelated.toFixed(3)} mean cosine of a question and another answer`],
    ['nearest', `${test.right} of ${test.questions} questions are nearest to their own answer`],
    ['speed', `first text after ${formatDuration(test.firstMs)}, then ${groupDigits(test.textsPerSecond)} texts/s`],
    ['result', test.passed ? style.good('works') : style.bad('does not tell what is related')],
  ];
  return facts.map(([name, value]) => `${style.bold(name!.padEnd(9))}  ${value}\n`).join('');
}

export function renderGeneratorTest(test: GeneratorTest, page: Page): string {
  const { style } = page;
  const rate = test.tokensPerSecond === null ? '' : `, then ${test.tokensPerSecond.toFixed(1)} tokens/s`;
  const facts = [
    ['model', escapeLine(test.name)],
    ['answer', escapeBlock(test.text.slice(0, 400)).replaceAll('\n', ' ') || '(nothing)'],
    [
      'speed',
      `first token after ${formatDuration(test.firstTokenMs)}${rate}, ${formatDuration(test.elapsedMs)} in all`,
    ],
    ['result', test.passed ? style.good('works') : style.bad('gives no text')],
  ];
  return facts.map(([name, value]) => wrapFact(`${style.bold(name!.padEnd(9))}  ${value}`, 0)).join('');
}
