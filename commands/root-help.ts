import type { CommandEntry } from './table.ts';

/** What `rag` says of itself when it is asked for nothing else. */
export function renderRootHelp(commands: readonly CommandEntry[]): string {
  const groups = [...new Set(commands.map((command) => command.group))];
  const width = Math.max(...commands.map((command) => command.name.length));
  const sections = groups.map((group) => {
    const lines = commands
      .filter((command) => command.group === group)
      .map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
    return [`${group}:`, ...lines].join('\n');
  });
  return `${[
    'Usage: rag <command> [options]',
    'A knowledge base in one file: add documents, find passages, get cited answers.',
    ...sections,
    `Options:
  -V, --version  print the version
  -h, --help     show this help, or that of a command: rag search --help`,
    `Examples:
  $ rag add ~/notes                  # take in a folder
  $ rag search "parental leave"      # find passages
  $ rag ask "Who approves travel?"   # get an answer with its sources`,
    `Exit status:
  0 done, 1 nothing found, 2 wrong usage, 3 failed, 4 partly failed, 130 interrupted`,
  ].join('\n\n')}\n`;
}
