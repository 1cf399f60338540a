import type { Command } from 'commander';
import { addExamples } from '../shared/flags.ts';
import type { DefineCommand } from '../table.ts';
import { defineScan } from './scan.ts';

export const definePii: DefineCommand = (command: Command, context) => {
  defineScan(command, context);
  addExamples(command, [
    ['rag pii scan ~/notes', 'what is personal in files, before they are added'],
    ['rag pii scan --stored', 'and in what the database holds'],
  ]);
};
