import type { Command } from 'commander';
import { addExamples } from '../shared/flags.ts';
import type { DefineCommand } from '../table.ts';
import { defineList } from './list.ts';
import { definePull } from './pull.ts';
import { defineRollback } from './rollback.ts';
import { defineTest } from './test.ts';
import { defineUse } from './use.ts';

export const defineModels: DefineCommand = (command: Command, context) => {
  defineList(command, context);
  definePull(command, context);
  defineTest(command, context);
  defineUse(command, context);
  defineRollback(command, context);
  addExamples(command, [
    ['rag models', 'which models there are, and which can be used'],
    ['rag models use ollama/bge-m3', 'other vectors for this database'],
    ['rag models rollback', 'back to those before'],
  ]);
};
