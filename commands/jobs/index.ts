import type { Command } from 'commander';
import { addExamples } from '../shared/flags.ts';
import type { DefineCommand } from '../table.ts';
import { defineChange } from './change.ts';
import { defineList } from './list.ts';
import { defineLog } from './log.ts';
import { defineWatch } from './watch.ts';

export const defineJobs: DefineCommand = (command: Command, context) => {
  defineList(command, context);
  defineWatch(command, context);
  defineChange(command, context);
  defineLog(command, context);
  addExamples(command, [
    ['rag jobs', 'what waits, what runs, and what became of the rest'],
    ['rag jobs watch', 'how it goes, until nothing waits or runs'],
    ['rag jobs cancel 3', 'what it has finished stays'],
    ['rag jobs retry 3', 'it goes on where it was'],
  ]);
};
