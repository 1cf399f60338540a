import type { Command } from 'commander';
import { addExamples } from '../shared/flags.ts';
import type { DefineCommand } from '../table.ts';
import { defineScheduleAdd } from './add.ts';
import { defineScheduleList } from './list.ts';

export const defineSchedule: DefineCommand = (command: Command, context) => {
  defineScheduleAdd(command, context);
  defineScheduleList(command, context);
  addExamples(command, [
    ['rag schedule add "0 3 * * *" sync', 'every night at three, while `rag worker` runs'],
    ['rag schedule', 'what there is, and when it comes next'],
    ['rag schedule pause sync', 'until `rag schedule resume sync`'],
  ]);
};
