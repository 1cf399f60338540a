import { readJsonReply } from '../../evaluate/read-json-reply.ts';
import type { Generator } from '../../generate/types.ts';
import { type CheckedRelations, checkRelations, relationPrompt, relationSystem } from '../../graph/model-relations.ts';
import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { generatorFor } from '../generator-for.ts';
import type { RelationExtraction } from './types.ts';

/** Twenty relations of short names. */
const MAX_OUTPUT_TOKENS = 1200;
const TRIES = 2;

export type ExtractRelationsOptions = {
  /** `provider/model`; that of the settings when left out. */
  readonly model?: string;
  /** Most passages that are asked about in this run. */
  readonly limit: number;
  readonly signal?: AbortSignal;
};

/**
 * Asks the model for the relations that passages state, and keeps those whose names both stand in the passage. Each
 * answer is stored as it comes, so that the next run goes on where this one ended; a text is asked about once for each
 * model. Throws USAGE without a model, MODEL_* as the generator does.
 */
export async function extractRelations(
  context: AppContext,
  { model, limit, signal }: ExtractRelationsOptions,
): Promise<RelationExtraction> {
  const { store, settings } = context;
  const generator = generatorFor(model ?? settings.model, context, 'graph');
  if (!generator) {
    throw new RagError('USAGE', {
      message: 'There is no model to ask for relations.',
      hint: 'Name one: --model ollama/llama3.2',
    });
  }
  const open = store.passagesWithoutRelations(generator.name);
  const rows = open.slice(0, limit);
  const counts = { asked: 0, calls: 0, relations: 0, rejected: 0, unreadable: 0, inputTokens: 0, outputTokens: 0 };
  for (const row of rows) {
    if (signal?.aborted) break;
    const text = store.chunkText(row);
    const found = text.trim() === '' ? { relations: [], rejected: 0 } : await ask(generator, text, counts, signal);
    counts.asked++;
    if (found) {
      store.write((writer) => writer.putModelRelations(row, generator.name, found.relations));
      counts.relations += found.relations.length;
      counts.rejected += found.rejected;
    } else counts.unreadable++;
  }
  return { model: generator.name, ...counts, left: open.length - counts.asked + counts.unreadable };
}

type Counts = { calls: number; inputTokens: number; outputTokens: number };

/** Null when no reply was of the form asked for. */
async function ask(
  generator: Generator,
  text: string,
  counts: Counts,
  signal?: AbortSignal,
): Promise<CheckedRelations | null> {
  const request = {
    system: relationSystem,
    messages: [{ role: 'user' as const, content: relationPrompt(text) }],
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    temperature: 0,
  };
  for (let attempt = 0; attempt < TRIES; attempt++) {
    counts.calls++;
    let reply = '';
    for await (const event of generator.generate(request, signal)) {
      if (event.type === 'text-delta') reply += event.text;
      else if (event.type === 'finish') {
        counts.inputTokens += event.usage.inputTokens;
        counts.outputTokens += event.usage.outputTokens;
      }
    }
    const object = readJsonReply(reply);
    const checked = object && checkRelations(object, text);
    if (checked) return checked;
  }
  return null;
}
