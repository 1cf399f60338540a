import type { LanguageRules } from '../types.ts';
import { bigConstant, fieldText } from './definition.ts';

export const pythonRules: LanguageRules = {
  symbols: {
    function_definition: 'function',
    class_definition: 'class',
    expression_statement: (node) => {
      const inner = node.firstNamedChild;
      if (inner?.type !== 'assignment') return null;
      return bigConstant(inner, fieldText(inner, 'left'), inner.childForFieldName('right'));
    },
  },
  wrappers: ['decorated_definition'],
  groups: ['block'],
};
