import { amount } from './setting.ts';
import { fieldsOf } from './table-setting.ts';

/** US dollars for a million tokens. */
export type ModelPrice = {
  readonly input: number;
  readonly output: number;
  /** Input that the provider had in its cache; as `input` when left out. */
  readonly cachedInput?: number;
  /** Input that the provider put into its cache; as `input` when left out. */
  readonly cacheWrite?: number;
};

/** No model costs a thousandth of this. */
const MAX_PRICE = 1_000_000;

/** `provider/model`, or `provider/prefix*` for all models whose names begin so. */
export function priceName(text: string): string {
  if (/^[a-z][a-z0-9-]*\/[^*]{0,256}\*?$/.test(text) && !text.endsWith('/')) return text;
  throw new Error('which must be provider/model or provider/beginning*');
}

/** Checks one entry of `models.prices`; what is not given costs nothing, and input of or for a cache as much as other input. */
export function priceEntry(raw: unknown): ModelPrice {
  const fields = fieldsOf(raw, ['input', 'output', 'cachedInput', 'cacheWrite']);
  const price = (name: keyof typeof fields): number => {
    try {
      return amount(fields[name], MAX_PRICE);
    } catch (error) {
      throw new Error(`whose ${name} ${(error as Error).message}`);
    }
  };
  return {
    input: fields.input === undefined ? 0 : price('input'),
    output: fields.output === undefined ? 0 : price('output'),
    ...(fields.cachedInput !== undefined && { cachedInput: price('cachedInput') }),
    ...(fields.cacheWrite !== undefined && { cacheWrite: price('cacheWrite') }),
  };
}
