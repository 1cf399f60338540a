/** Another name for `provider/model`, such as `fast`. */
const ALIAS = /^[a-z0-9][\w.-]{0,63}$/i;

/** Words that `--model` takes for having none. */
const NO_MODEL = ['none', 'extractive'];

export const isNoModel = (text: string): boolean => NO_MODEL.includes(text);

/** What follows the provider may be a folder with spaces. */
const isFullName = (text: string): boolean => /^[a-z][a-z0-9-]*\/\S(.*\S)?$/.test(text);

/** `provider/model`, and nothing shorter. Throws an Error that says what it must be. */
export function fullModelName(text: string): string {
  if (isFullName(text)) return text;
  throw new Error(`must be provider/model, such as ollama/llama3.2, not ${JSON.stringify(text.slice(0, 60))}`);
}

/** `provider/model`, an alias, or a word for having none, as `--model` takes it. */
export function modelName(text: string): string {
  return isNoModel(text) || ALIAS.test(text) ? text : fullModelName(text);
}

export function aliasName(text: string): string {
  if (ALIAS.test(text) && !isNoModel(text)) return text;
  throw new Error('which is no name for a model: letters, digits, ".", "_" and "-", up to 64, and not "none"');
}

/** `provider/model` of an alias, or the name itself. Throws an Error for a short name that is no alias. */
export function resolveModelName(name: string, aliases: Readonly<Record<string, string>>): string {
  if (isNoModel(name) || name.includes('/')) return name;
  if (Object.hasOwn(aliases, name)) return aliases[name] as string;
  const known = Object.keys(aliases).slice(0, 20).join(', ');
  const or = known === '' ? '' : ` or an alias (${known}),`;
  throw new Error(`must be provider/model, such as ollama/llama3.2,${or} not ${JSON.stringify(name.slice(0, 60))}`);
}
