/** How this program is started again: node, its flags, and the script. */
export const ownProgram = (): readonly string[] => [
  process.execPath,
  ...process.execArgv.filter((flag) => !/^(-e|--eval|-p|--print|--inspect.*)$/.test(flag)),
  process.argv[1] ?? '',
];
