import { createAskRecorder } from '../../src/app/record/create-ask-recorder.ts';
import type { AskEvent, AskOptions, KnowledgeBase } from '../../src/app/types.ts';
import type { CommandContext } from './context.ts';
import { recordPath, writeRecord } from './record-file.ts';
import type { Session } from './session.ts';

type Asked = {
  readonly context: CommandContext;
  readonly session: Session;
  readonly knowledgeBase: Pick<KnowledgeBase, 'status'>;
  readonly question: string;
  readonly options: AskOptions;
};

export type Recording = {
  readonly onPrompt: NonNullable<AskOptions['onPrompt']>;
  /** The same events, seen on their way. */
  see(events: AsyncIterable<AskEvent>): AsyncIterable<AskEvent>;
  write(): void;
};

/** Records a question while it is answered. Throws USAGE for a file that is there already, before anything is asked. */
export function startRecording(
  target: string,
  { context, session, knowledgeBase, question, options }: Asked,
): Recording {
  const now = Date.now();
  const path = recordPath(target, context.workingFolder, { question, now });
  const recorder = createAskRecorder({
    question,
    options,
    settings: session.config.settings,
    space: knowledgeBase.status().space,
    now,
  });
  return {
    onPrompt: recorder.onPrompt,
    async *see(events) {
      for await (const event of events) {
        recorder.see(event);
        yield event;
      }
    },
    write() {
      writeRecord(path, recorder.record());
      session.note(`Recorded in ${path}; \`rag replay\` asks again and compares.`);
    },
  };
}
