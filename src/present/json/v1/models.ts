import type { ListedModel, ModelList } from '../../../app/models/list-models.ts';
import type { ProviderFacts } from '../../../app/models/providers.ts';
import type { ShownModel } from '../../../app/models/show-model.ts';
import type { EmbedderTest, GeneratorTest } from '../../../app/models/test-model.ts';
import type { ReEmbedEvent, ReEmbedReport, SpaceFigures } from '../../../app/models/types.ts';

type Space = ReEmbedReport['to'];

const spaceToJson = ({ provider, model, dimensions }: Space) => ({ provider, model, dimensions });

/** An entry of `vectors` in `rag.models/1`. */
export const spaceFiguresToJson = (space: SpaceFigures) => ({
  ...spaceToJson(space),
  state: space.state,
  vectors: space.vectors,
  lack: space.lack,
  createdAt: space.createdAt,
  retiredAt: space.retiredAt,
});

/** Data of `rag.models-use/1` and `rag.models-rollback/1`. */
export const reEmbedToJson = (report: ReEmbedReport) => ({
  outcome: report.outcome,
  from: report.from && spaceToJson(report.from),
  to: spaceToJson(report.to),
  embedded: report.embedded,
  withoutVector: report.withoutVector,
  left: report.left,
  elapsedMs: report.elapsedMs,
  kept: report.kept.map(spaceToJson),
  dropped: report.dropped.map(spaceToJson),
  notes: report.notes,
  ...(report.estimatedCost !== undefined && { estimatedCost: report.estimatedCost }),
});

/** A line of `rag models use --output jsonl`. */
export const reEmbedEventToLine = (event: ReEmbedEvent) =>
  event.type === 'reembed-end' ? { type: event.type, ...reEmbedToJson(event.report) } : event;

const listedToJson = (model: ListedModel) => ({
  name: model.name,
  for: model.kind,
  uses: model.uses,
  usable: model.usable,
  reason: model.reason,
  bytes: model.bytes,
});

const providerToJson = (provider: ProviderFacts) => ({
  name: provider.name,
  for: provider.kinds,
  address: provider.address === null ? null : new URL(provider.address).host,
  local: provider.isLocal,
  usable: provider.usable,
  reason: provider.reason,
});

/** Data of `rag.models/1`. */
export const modelListToJson = ({ models, providers }: ModelList, spaces: readonly SpaceFigures[]) => ({
  models: models.map(listedToJson),
  vectors: spaces.map(spaceFiguresToJson),
  providers: providers.map(providerToJson),
});

/** Data of `rag.model/1`. */
export const shownModelToJson = (model: ShownModel) => ({
  ...listedToJson(model),
  provider: providerToJson(model.provider),
  folder: model.folder,
  family: model.family,
  price: model.price,
  vectors: model.space && spaceFiguresToJson(model.space),
});

/** Data of `rag.models-test/1`. Cosines in [-1, 1]. */
export const modelTestToJson = (test: EmbedderTest | GeneratorTest) =>
  test.kind === 'embed'
    ? {
        for: test.kind,
        name: test.name,
        passed: test.passed,
        dimensions: test.dimensions,
        norm: test.norm,
        related: test.related,
        unrelated: test.unrelated,
        right: test.right,
        questions: test.questions,
        firstMs: test.firstMs,
        textsPerSecond: test.textsPerSecond,
      }
    : {
        for: test.kind,
        name: test.name,
        passed: test.passed,
        text: test.text,
        firstTokenMs: test.firstTokenMs,
        elapsedMs: test.elapsedMs,
        outputTokens: test.outputTokens,
        tokensPerSecond: test.tokensPerSecond,
      };
