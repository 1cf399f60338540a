import type { LanguageRules } from '../types.ts';
import { definition } from './definition.ts';

export const solidityRules: LanguageRules = {
  symbols: {
    contract_declaration: 'contract',
    interface_declaration: 'interface',
    library_declaration: 'library',
    function_definition: 'function',
    modifier_definition: 'modifier',
    constructor_definition: () => definition('method', 'constructor'),
    fallback_receive_definition: (node) => definition('function', /^\w+/.exec(node.text)?.[0]),
    struct_declaration: 'struct',
    enum_declaration: 'enum',
    event_definition: 'event',
  },
  groups: ['contract_body', 'function_body'],
};
