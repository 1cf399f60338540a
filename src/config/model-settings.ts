import { textList } from './list-setting.ts';
import { aliasName, fullModelName, modelName } from './model-name.ts';
import { type ModelPrice, priceEntry, priceName } from './price-settings.ts';
import { type ServerSettings, serverEntry, serverName, serversOfProject, shownServers } from './server-settings.ts';
import { duration, integer, optionalNumber, optionalText, toggle } from './setting.ts';
import { table } from './table-setting.ts';

function aliasTarget(raw: unknown): string {
  if (typeof raw !== 'string') throw new Error('which must be provider/model in quotes');
  try {
    return fullModelName(raw.trim());
  } catch (error) {
    throw new Error(`which ${(error as Error).message}`);
  }
}

/** Which models are asked, in which order, how long, and for how much. */
export const MODEL_SETTINGS = {
  model: optionalText({
    type: 'provider/model',
    normalize: modelName,
    default: undefined,
    defaultText: 'none',
    project: 'trusted',
    description:
      'Model or alias that writes answers, such as ollama/llama3.2; without one, answers are quoted from the text',
  }),
  'models.aliases': table<string>({
    type: 'name = provider/model',
    name: aliasName,
    entry: aliasTarget,
    default: {},
    defaultText: 'none',
    project: 'trusted',
    description: 'Short names for models, such as fast = "ollama/llama3.2"',
  }),
  'models.fallbacks': textList({
    type: 'provider/model, ...',
    item: modelName,
    default: [],
    defaultText: 'none',
    project: 'trusted',
    description: 'Models or aliases that are asked, in this order, when the first one cannot answer',
  }),
  'models.prices': table<ModelPrice>({
    type: '"provider/model" = { input, output, cachedInput, cacheWrite }',
    unit: 'US dollars for a million tokens',
    name: priceName,
    entry: priceEntry,
    default: {},
    defaultText: 'a list that is shipped',
    project: 'trusted',
    description: 'What models cost; a name may end in "*" to mean all that begin so',
  }),
  'models.budgetDay': optionalNumber({
    max: 1_000_000,
    default: undefined,
    defaultText: 'none',
    unit: 'US dollars',
    project: 'trusted',
    description: 'Most that models may cost in a day; what would go above it is refused',
  }),
  'models.budgetMonth': optionalNumber({
    max: 1_000_000,
    default: undefined,
    defaultText: 'none',
    unit: 'US dollars',
    project: 'trusted',
    description: 'Most that models may cost in a month',
  }),
  'models.firstTokenMs': duration({
    max: 3_600_000,
    default: 10_000,
    project: 'trusted',
    description: 'Longest silence of a model, such as 10s, before the next of models.fallbacks is asked',
  }),
  'models.deadlineMs': duration({
    max: 86_400_000,
    default: 600_000,
    project: 'trusted',
    description: 'Longest time for an answer, such as 5m, whatever models are asked',
  }),
  'models.maxConcurrent': integer({
    min: 1,
    max: 256,
    default: 4,
    unit: 'calls',
    project: 'trusted',
    description: 'Calls of one provider at the same time',
  }),
  'models.requestsPerMinute': integer({
    min: 0,
    max: 100_000,
    default: 0,
    unit: 'calls',
    project: 'trusted',
    description: 'Calls of one provider within a minute; 0 sets no bound',
  }),
  'models.cacheAnswers': toggle({
    default: true,
    project: 'trusted',
    description: 'Keep answers of models in the database, and give them again when the same is asked of the same text',
  }),
  servers: table<ServerSettings>({
    type: 'name = { baseUrl, apiKeyEnv, apiKey, headers }',
    name: serverName,
    entry: serverEntry,
    shown: shownServers,
    ofProject: serversOfProject,
    default: {},
    defaultText: 'none',
    project: 'trusted',
    description:
      'Further OpenAI-compatible servers, whose models are name/model; keys are never read from a project file',
  }),
} as const;
