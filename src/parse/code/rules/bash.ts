import type { LanguageRules } from '../types.ts';

export const bashRules: LanguageRules = {
  symbols: { function_definition: 'function' },
  groups: ['compound_statement'],
};
