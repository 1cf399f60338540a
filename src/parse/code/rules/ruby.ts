import type { LanguageRules } from '../types.ts';
import { bigConstant, definition, fieldText } from './definition.ts';

export const rubyRules: LanguageRules = {
  symbols: {
    module: 'module',
    class: 'class',
    method: 'method',
    singleton_method: (node) => definition('method', fieldText(node, 'name'), node.childForFieldName('body')),
    assignment: (node) => bigConstant(node, fieldText(node, 'left'), node.childForFieldName('right')),
  },
  groups: ['body_statement', 'singleton_class'],
};
