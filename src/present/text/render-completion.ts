/** A command as completion sees it. */
export type CompletionEntry = {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletionFlag[];
  readonly subcommands: readonly CompletionEntry[];
};

export type CompletionFlag = {
  /** `--collection`. */
  readonly name: string;
  readonly summary: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
};

const inSingleQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A script for bash 3.2 and later; where nothing of ours fits, files are completed. */
export function renderBashCompletion(commands: readonly CompletionEntry[]): string {
  const cases = commands.flatMap((command) => [
    ...command.subcommands.map(
      (sub) => `    ${inSingleQuotes(`${command.name} ${sub.name}`)}) words=${wordList(sub)} ;;`,
    ),
    `    ${inSingleQuotes(command.name)}' '*|${inSingleQuotes(command.name)}) words=${wordList(command)} ;;`,
  ]);
  const choices = choiceFlags(commands).map(
    ([name, words]) => `    ${name}) words=${inSingleQuotes(words.join(' '))} ;;`,
  );
  const verbs = commands.map((command) => command.name).join(' ');
  return `# bash completion for rag: source <(rag completion bash)
_rag() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" verb="\${COMP_WORDS[1]}" words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W ${inSingleQuotes(`${verbs} --help --version`)} -- "$current"))
    return
  fi
  [ "$COMP_CWORD" -gt 2 ] && verb="$verb \${COMP_WORDS[2]}"
  case "$previous" in
${choices.join('\n')}
    *) case "$verb" in
${cases.map((line) => `  ${line}`).join('\n')}
      esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _rag rag
`;
}

const wordList = (command: CompletionEntry): string =>
  inSingleQuotes([...command.subcommands.map((sub) => sub.name), ...command.flags.map((flag) => flag.name)].join(' '));

/** Flags whose values are known. One name means the same choices in every command that matters here. */
function choiceFlags(commands: readonly CompletionEntry[]): [string, readonly string[]][] {
  const choices = new Map<string, Set<string>>();
  for (const flag of commands.flatMap((command) => command.flags)) {
    if (flag.choices.length === 0) continue;
    choices.set(flag.name, new Set([...(choices.get(flag.name) ?? []), ...flag.choices]));
  }
  return [...choices].map(([name, words]) => [name, [...words]]);
}

/** A script for zsh. */
export function renderZshCompletion(commands: readonly CompletionEntry[]): string {
  const described = (entries: readonly { name: string; summary: string }[]): string =>
    entries.map((entry) => inSingleQuotes(`${entry.name.replaceAll(':', '\\:')}:${entry.summary}`)).join(' ');
  const cases = commands.map((command) => {
    const flags = command.flags.map((flag) => inSingleQuotes(zshFlag(flag))).join(' ');
    if (command.subcommands.length === 0) return `    ${command.name}) _arguments -s ${flags} '*:file:_files' ;;`;
    const inner = command.subcommands.map((sub) => {
      const subFlags = sub.flags.map((flag) => inSingleQuotes(zshFlag(flag))).join(' ');
      return `        ${sub.name}) _arguments -s ${subFlags} '*:file:_files' ;;`;
    });
    return `    ${command.name})
      if (( CURRENT == 3 )); then
        local -a subcommands=(${described(command.subcommands)})
        _describe 'subcommand' subcommands
        return
      fi
      case $words[3] in
${inner.join('\n')}
      esac ;;`;
  });
  return `#compdef rag
# zsh completion for rag: source <(rag completion zsh)
_rag() {
  if (( CURRENT == 2 )); then
    local -a verbs=(${described(commands)})
    _describe 'command' verbs
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
}
compdef _rag rag
`;
}

function zshFlag(flag: CompletionFlag): string {
  const summary = flag.summary.replace(/[[\]:]/g, '\\$&');
  if (!flag.takesValue) return `${flag.name}[${summary}]`;
  return `${flag.name}[${summary}]:value:${flag.choices.length > 0 ? `(${flag.choices.join(' ')})` : '_files'}`;
}

/** A script for fish. */
export function renderFishCompletion(commands: readonly CompletionEntry[]): string {
  const lines = commands.flatMap((command) => {
    const within = `__fish_seen_subcommand_from ${command.name}`;
    const names = command.subcommands.map((sub) => sub.name).join(' ');
    return [
      `complete -c rag -n __fish_use_subcommand -f -a ${command.name} -d ${fishQuoted(command.summary)}`,
      ...command.flags.map((flag) => fishFlag(flag, within)),
      ...command.subcommands.flatMap((sub) => [
        `complete -c rag -n ${fishQuoted(`${within}; and not __fish_seen_subcommand_from ${names}`)} -f -a ${sub.name} -d ${fishQuoted(sub.summary)}`,
        ...sub.flags.map((flag) => fishFlag(flag, `${within}; and __fish_seen_subcommand_from ${sub.name}`)),
      ]),
    ];
  });
  return `# fish completion for rag: rag completion fish | source\n${lines.join('\n')}\n`;
}

function fishFlag(flag: CompletionFlag, condition: string): string {
  const value = flag.takesValue ? ' -r' : '';
  const choices = flag.choices.length > 0 ? ` -f -a ${fishQuoted(flag.choices.join(' '))}` : '';
  return `complete -c rag -n ${fishQuoted(condition)} -l ${flag.name.slice(2)} -d ${fishQuoted(flag.summary)}${value}${choices}`;
}

const fishQuoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;
