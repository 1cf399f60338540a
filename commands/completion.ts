import { Argument, type Command } from 'commander';
import { renderEnvelope } from '../src/present/json/stringify.ts';
import {
  type CompletionEntry,
  renderBashCompletion,
  renderFishCompletion,
  renderZshCompletion,
} from '../src/present/text/render-completion.ts';
import { buildCommand } from './main.ts';
import type { CommandContext } from './shared/context.ts';
import { EXIT, type ExitCode } from './shared/exit-code.ts';
import { addExamples, type CommonFlags } from './shared/flags.ts';
import { COMMANDS } from './table.ts';

const renderers = { bash: renderBashCompletion, zsh: renderZshCompletion, fish: renderFishCompletion };

type Shell = keyof typeof renderers;

export function defineCompletion(command: Command, context: CommandContext): void {
  command
    .addArgument(new Argument('<shell>', 'your shell').choices(Object.keys(renderers)))
    .action(context.action((shell: Shell, flags: CommonFlags) => completion(context, shell, flags)));
  addExamples(command, [
    ['source <(rag completion bash)', 'in ~/.bashrc'],
    ['source <(rag completion zsh)', 'in ~/.zshrc, after compinit'],
    ['rag completion fish | source', 'in ~/.config/fish/config.fish'],
  ]);
}

async function completion(context: CommandContext, shell: Shell, flags: CommonFlags): Promise<ExitCode> {
  const entries = await Promise.all(
    COMMANDS.map(async (entry) => ({ ...entryOf(await buildCommand(entry, context)), name: entry.name })),
  );
  const script = renderers[shell](entries);
  context.stdout.write(flags.json ? renderEnvelope('rag.completion/1', { shell, script }) : script);
  return EXIT.done;
}

const entryOf = (command: Command): CompletionEntry => ({
  name: command.name(),
  summary: command.description(),
  flags: command.options
    .filter((option) => option.long)
    .map((option) => ({
      name: option.long!,
      summary: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
  subcommands: command.commands.map(entryOf),
});
