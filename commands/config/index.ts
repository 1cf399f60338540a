import type { Command } from 'commander';
import { addExamples } from '../shared/flags.ts';
import type { DefineCommand } from '../table.ts';
import { defineChange } from './change.ts';
import { defineShow } from './show.ts';
import { defineTrust } from './trust.ts';

export const defineConfig: DefineCommand = (command: Command, context) => {
  defineShow(command, context);
  defineChange(command, context);
  defineTrust(command, context);
  addExamples(command, [
    ['rag config list --origin', 'every setting, and where its value comes from'],
    ['rag config set model ollama/llama3.2', 'have answers written by a local model'],
    ['rag config path', 'the files that settings are read from'],
  ]);
};
