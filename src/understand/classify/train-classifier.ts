import { FEATURE_PLACES, type TextFeatures } from './text-features.ts';

export type Example = { readonly features: TextFeatures; readonly labels: readonly string[] };

/** How likely each label is, from 0 to 1, each by itself: a text may have several or none. */
export type Classifier = (features: TextFeatures) => ReadonlyMap<string, number>;

const EPOCHS = 60;
const FIRST_STEP = 4;
const DECAY = 0.05;
const PENALTY = 1e-4;

/**
 * Logistic regression, one label against the rest, on words weighted by rarity among the examples and scaled to length 1;
 * gradient steps in the order of the examples, so that equal examples give equal classifiers.
 */
export function trainClassifier(examples: readonly Example[], labels: readonly string[]): Classifier {
  const withPlace = new Map<number, number>();
  for (const { features } of examples) {
    for (const place of features.keys()) withPlace.set(place, (withPlace.get(place) ?? 0) + 1);
  }
  const rarity = (place: number): number => {
    const count = withPlace.get(place) ?? 0;
    return count === 0 ? 0 : Math.log(1 + examples.length / count);
  };
  const vectorOf = (features: TextFeatures): readonly (readonly [number, number])[] => {
    const raw = [...features].map(([place, weight]) => [place, weight * rarity(place)] as const);
    const length = Math.hypot(...raw.map(([, weight]) => weight)) || 1;
    return raw.map(([place, weight]) => [place, weight / length] as const);
  };
  const vectors = examples.map(({ features }) => vectorOf(features));
  const models = labels.map((label) =>
    fitLabel(
      vectors,
      examples.map(({ labels: own }) => own.includes(label)),
    ),
  );
  return (features) => {
    const vector = vectorOf(features);
    return new Map(labels.map((label, at) => [label, probability(models[at] as Model, vector)]));
  };
}

type Vector = readonly (readonly [place: number, weight: number])[];
type Model = { readonly weights: Float64Array; bias: number };

const probability = ({ weights, bias }: Model, vector: Vector): number =>
  1 / (1 + Math.exp(-vector.reduce((sum, [place, weight]) => sum + weight * (weights[place] as number), bias)));

function fitLabel(vectors: readonly Vector[], isLabelled: readonly boolean[]): Model {
  const model: Model = { weights: new Float64Array(FEATURE_PLACES), bias: 0 };
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const step = FIRST_STEP / (1 + DECAY * epoch);
    for (const [at, vector] of vectors.entries()) {
      const missing = (isLabelled[at] ? 1 : 0) - probability(model, vector);
      for (const [place, weight] of vector) {
        const there = model.weights[place] as number;
        model.weights[place] = there + step * (missing * weight - PENALTY * there);
      }
      model.bias += 0.1 * step * missing;
    }
  }
  return model;
}
