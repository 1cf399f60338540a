import type { Command } from 'commander';
import type { CommandContext } from './shared/context.ts';

/** Gives a command its arguments, flags, help and action. */
export type DefineCommand = (command: Command, context: CommandContext) => void;

export type CommandEntry = {
  readonly name: string;
  readonly summary: string;
  readonly group: string;
  readonly load: () => Promise<DefineCommand>;
};

/** Every verb, in the order of the help. A verb's file is loaded when it is called. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'init',
    group: 'Fill it',
    summary: 'Make a knowledge base in this folder',
    load: async () => (await import('./init.ts')).defineInit,
  },
  {
    name: 'add',
    group: 'Fill it',
    summary: 'Add files, folders, URLs or standard input',
    load: async () => (await import('./add.ts')).defineAdd,
  },
  {
    name: 'sync',
    group: 'Fill it',
    summary: 'Bring the database in step with everything that was added',
    load: async () => (await import('./sync.ts')).defineSync,
  },
  {
    name: 'watch',
    group: 'Fill it',
    summary: 'Follow folders and files, and keep the database in step with them',
    load: async () => (await import('./watch.ts')).defineWatch,
  },
  {
    name: 'reprocess',
    group: 'Fill it',
    summary: 'Parse and cut documents anew, with other sizes or another parser',
    load: async () => (await import('./reprocess.ts')).defineReprocess,
  },
  {
    name: 'rm',
    group: 'Fill it',
    summary: 'Remove documents or sources',
    load: async () => (await import('./rm.ts')).defineRm,
  },
  {
    name: 'collection',
    group: 'Fill it',
    summary: 'List, create, rename and remove collections',
    load: async () => (await import('./collection.ts')).defineCollection,
  },
  {
    name: 'search',
    group: 'Find in it',
    summary: 'Find passages by words and by meaning',
    load: async () => (await import('./search.ts')).defineSearch,
  },
  {
    name: 'ask',
    group: 'Find in it',
    summary: 'Answer a question from the documents, with citations',
    load: async () => (await import('./ask.ts')).defineAsk,
  },
  {
    name: 'summarize',
    group: 'Find in it',
    summary: 'Summarize a document, a folder, a collection or a search',
    load: async () => (await import('./summarize.ts')).defineSummarize,
  },
  {
    name: 'context',
    group: 'Find in it',
    summary: 'Print the passages for a question, to paste into another model',
    load: async () => (await import('./context.ts')).defineContext,
  },
  {
    name: 'chat',
    group: 'Find in it',
    summary: 'Ask and go on asking: a conversation over the documents',
    load: async () => (await import('./chat/index.ts')).defineChat,
  },
  {
    name: 'explain',
    group: 'Find in it',
    summary: 'Say why something is where it is in a search, or why not',
    load: async () => (await import('./explain.ts')).defineExplain,
  },
  {
    name: 'get',
    group: 'Find in it',
    summary: 'Print the text of a document, some of its lines, or a passage',
    load: async () => (await import('./get.ts')).defineGet,
  },
  {
    name: 'ls',
    group: 'Find in it',
    summary: 'List documents',
    load: async () => (await import('./ls.ts')).defineLs,
  },
  {
    name: 'facts',
    group: 'Find in it',
    summary: 'Say what is known of a document: language, kind, dates, keywords, warnings',
    load: async () => (await import('./facts.ts')).defineFacts,
  },
  {
    name: 'duplicates',
    group: 'Find in it',
    summary: 'Find documents that say nearly the same',
    load: async () => (await import('./duplicates.ts')).defineDuplicates,
  },
  {
    name: 'tag',
    group: 'Find in it',
    summary: 'Tag documents, and suggest tags for those without',
    load: async () => (await import('./tag/index.ts')).defineTag,
  },
  {
    name: 'history',
    group: 'Find in it',
    summary: 'List what a document was before it was edited, moved or removed',
    load: async () => (await import('./history.ts')).defineHistory,
  },
  {
    name: 'diff',
    group: 'Find in it',
    summary: 'Show what differs between two versions of a document',
    load: async () => (await import('./diff.ts')).defineDiff,
  },
  {
    name: 'related',
    group: 'Find in it',
    summary: 'Find what is related to a document, an entity or a text',
    load: async () => (await import('./related.ts')).defineRelated,
  },
  {
    name: 'graph',
    group: 'Find in it',
    summary: 'Show the entities that documents name, and what ties them',
    load: async () => (await import('./graph/index.ts')).defineGraph,
  },
  {
    name: 'eval',
    group: 'Measure it',
    summary: 'Measure how well questions find what answers them',
    load: async () => (await import('./eval/index.ts')).defineEval,
  },
  {
    name: 'tune',
    group: 'Measure it',
    summary: 'Fit the weights of searches to your questions',
    load: async () => (await import('./tune.ts')).defineTune,
  },
  {
    name: 'feedback',
    group: 'Measure it',
    summary: 'Say which hits were right, and use that',
    load: async () => (await import('./feedback.ts')).defineFeedback,
  },
  {
    name: 'replay',
    group: 'Measure it',
    summary: 'Ask a recorded question again and show what differs',
    load: async () => (await import('./replay.ts')).defineReplay,
  },
  {
    name: 'gaps',
    group: 'Measure it',
    summary: 'Show what people asked and the documents do not say',
    load: async () => (await import('./gaps.ts')).defineGaps,
  },
  {
    name: 'questions',
    group: 'Measure it',
    summary: 'List or forget the questions that were asked',
    load: async () => (await import('./questions.ts')).defineQuestions,
  },
  {
    name: 'usage',
    group: 'Measure it',
    summary: 'Show what models were asked, and what that cost',
    load: async () => (await import('./usage.ts')).defineUsage,
  },
  {
    name: 'jobs',
    group: 'In the background',
    summary: 'List, follow, cancel and retry work in the background',
    load: async () => (await import('./jobs/index.ts')).defineJobs,
  },
  {
    name: 'worker',
    group: 'In the background',
    summary: 'Do what is queued and what is scheduled',
    load: async () => (await import('./worker.ts')).defineWorker,
  },
  {
    name: 'schedule',
    group: 'In the background',
    summary: 'Do something again and again',
    load: async () => (await import('./schedule/index.ts')).defineSchedule,
  },
  {
    name: 'run',
    group: 'In the background',
    summary: 'Run a workflow: steps of a TOML file',
    load: async () => (await import('./run.ts')).defineRun,
  },
  {
    name: 'restore',
    group: 'Look after it',
    summary: 'Bring a former version of a document back',
    load: async () => (await import('./restore.ts')).defineRestore,
  },
  {
    name: 'snapshot',
    group: 'Look after it',
    summary: 'Name what the database holds now, compare with it, go back to it',
    load: async () => (await import('./snapshot.ts')).defineSnapshot,
  },
  {
    name: 'status',
    group: 'Look after it',
    summary: 'Say what the database holds',
    load: async () => (await import('./status.ts')).defineStatus,
  },
  {
    name: 'doctor',
    group: 'Look after it',
    summary: 'Check everything that rag needs, and say how to mend it',
    load: async () => (await import('./doctor.ts')).defineDoctor,
  },
  {
    name: 'export',
    group: 'Look after it',
    summary: 'Write documents to JSONL, a folder of Markdown, or Parquet',
    load: async () => (await import('./export.ts')).defineExport,
  },
  {
    name: 'import',
    group: 'Look after it',
    summary: 'Take in what was exported, or JSONL of another program',
    load: async () => (await import('./import.ts')).defineImport,
  },
  {
    name: 'verify',
    group: 'Look after it',
    summary: 'Check everything stored against everything else',
    load: async () => (await import('./verify.ts')).defineVerify,
  },
  {
    name: 'backup',
    group: 'Look after it',
    summary: 'Copy the database while it is in use, and check the copy',
    load: async () => (await import('./backup.ts')).defineBackup,
  },
  {
    name: 'restore-backup',
    group: 'Look after it',
    summary: 'Put a backup in the place of the database',
    load: async () => (await import('./restore-backup.ts')).defineRestoreBackup,
  },
  {
    name: 'compact',
    group: 'Look after it',
    summary: 'Write the file anew without the room of what was removed',
    load: async () => (await import('./compact.ts')).defineCompact,
  },
  {
    name: 'encrypt',
    group: 'Look after it',
    summary: 'Encrypt the database, or change its key',
    load: async () => (await import('./encrypt.ts')).defineEncrypt,
  },
  {
    name: 'decrypt',
    group: 'Look after it',
    summary: 'Make an encrypted database readable without a key',
    load: async () => (await import('./encrypt.ts')).defineDecrypt,
  },
  {
    name: 'pii',
    group: 'Look after it',
    summary: 'Look for personal data and secrets, in files or in the database',
    load: async () => (await import('./pii/index.ts')).definePii,
  },
  {
    name: 'models',
    group: 'Look after it',
    summary: 'List, try and change the models for searches and answers',
    load: async () => (await import('./models/index.ts')).defineModels,
  },
  {
    name: 'sessions',
    group: 'Look after it',
    summary: 'List, show, rename, export and forget conversations',
    load: async () => (await import('./sessions/index.ts')).defineSessions,
  },
  {
    name: 'cache',
    group: 'Look after it',
    summary: 'Show or clear what is kept to be faster',
    load: async () => (await import('./cache.ts')).defineCache,
  },
  {
    name: 'config',
    group: 'Look after it',
    summary: 'Show and change settings',
    load: async () => (await import('./config/index.ts')).defineConfig,
  },
  {
    name: 'completion',
    group: 'Look after it',
    summary: 'Print a completion script for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).defineCompletion,
  },
];
