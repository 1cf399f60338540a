import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isRagError, messageOf, RagError } from '../../platform/errors.ts';
import { countOf } from '../../present/text/quantities.ts';
import { type SlashRun, say } from './types.ts';

export const runSession: SlashRun = (argument, { session }) => {
  const reason = session.unsavedReason();
  if (argument !== '') {
    session.rename(argument);
    return say(`This session is called "${session.name()}" now.`);
  }
  const id = session.id();
  const saved = reason ?? (id === null ? 'It is saved with its first question.' : `It is saved as number ${id}.`);
  const name = session.name();
  return say(
    `${name === '' ? 'This session has no name yet' : `"${name}"`}: ${countOf(session.turns().length, 'question')}. ${saved}`,
    '/session <name> renames it, /load goes on with another.',
  );
};

export const runSave: SlashRun = async (argument, { session, page }) => {
  if (/\.(md|json)$/i.test(argument)) {
    const path = resolve(page.workingFolder, argument);
    const text = session.export(/\.json$/i.test(argument) ? 'json' : 'md');
    await writeFile(path, text.endsWith('\n') ? text : `${text}\n`, { flag: 'wx', mode: 0o600 }).catch(
      (cause: unknown) => {
        const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
        throw new RagError('USAGE', {
          message: exists ? `${path} is there already.` : `${path} could not be written: ${messageOf(cause)}`,
          hint: exists ? 'Give another name.' : 'Give a place that can be written to.',
          cause,
        });
      },
    );
    return say(`Written to ${path}.`);
  }
  session.save(argument === '' ? undefined : argument);
  return say(
    `Saved${session.name() === '' ? '' : ` as "${session.name()}"`}.`,
    '`rag chat --continue` goes on with it.',
  );
};

export const runLoad: SlashRun = async (argument, { openSession, listSessions }) => {
  if (argument !== '') return [{ type: 'session', session: await openSession(argument) }];
  const sessions = await listSessions(10);
  if (sessions.length === 0) return say('No session is saved yet.');
  const lines = sessions.map(
    ({ id, name, turns, updatedAt }) => `${id}  ${name}  (${countOf(turns, 'question')}, ${updatedAt.slice(0, 10)})`,
  );
  return say(lines.join('\n'), '/load <number or name> goes on with one.');
};

export const runClear: SlashRun = (_, { session }) => {
  session.clear();
  return [{ type: 'cleared' }];
};

export const runCompact: SlashRun = async (_, { session, signal, onPhase }) => {
  onPhase('summarising');
  const done = await session.compact(signal);
  return done === null
    ? say('There is nothing to summarise yet.')
    : say(`The memory holds ${countOf(done.turns, 'question')} in ${countOf(done.tokens, 'token')} now.`);
};

export const runRetry: SlashRun = (_, { session, signal }) =>
  session.turns().length === 0
    ? say('Nothing was asked yet.')
    : [{ type: 'answer', events: session.retry({ signal }) }];

export const runEdit: SlashRun = (argument, { session, signal }) => {
  const turn = session.turns().at(-1);
  if (!turn) return say('Nothing was asked yet.');
  // Without another question, the last one is put into the input.
  if (argument === '') return [{ type: 'draft', text: `/edit ${turn.question}` }];
  return [{ type: 'answer', events: session.edit(turn.id, argument, { signal }) }];
};

export const runCopy: SlashRun = (_, { session }) => {
  const turn = session.turns().findLast(({ text, answer }) => (answer?.text ?? text) !== '');
  return turn ? [{ type: 'copy', text: turn.answer?.text ?? turn.text }] : say('There is no answer to copy yet.');
};

export const runAdd: SlashRun = async (argument, { knowledgeBase, session, signal, onPhase }) => {
  if (argument === '')
    throw new RagError('USAGE', { message: '/add needs a file, a folder or a URL.', hint: 'Such as /add ~/notes.' });
  const collections = session.settings().filter.collections;
  const counts = { added: 0, updated: 0, failed: 0, other: 0 };
  const problems: string[] = [];
  onPhase('adding');
  try {
    const target = argument.replace(/^(["'])(.*)\1$/, '$2');
    for await (const event of knowledgeBase.add(target, {
      ...(collections?.length === 1 && { collection: collections[0] }),
      signal,
    })) {
      if (event.type === 'item-end') {
        const { status, path, reason } = event.outcome;
        if (status === 'added' || status === 'updated' || status === 'failed') counts[status]++;
        else counts.other++;
        if (status === 'failed' && problems.length < 5) problems.push(`${path}: ${reason?.message ?? 'failed'}`);
        onPhase(`adding, ${event.done} of ${event.total}`);
      } else if (event.type === 'ingest-end') {
        for (const { message, hint } of event.report.sourceProblems)
          problems.push(hint ? `${message} ${hint}` : message);
      }
    }
  } catch (error) {
    if (isRagError(error) && error.code === 'ABORTED') return say('Stopped; what was read is kept.');
    throw error;
  }
  const { added, updated, failed, other } = counts;
  const parts = [
    `${added} added`,
    ...(updated ? [`${updated} updated`] : []),
    ...(failed ? [`${failed} failed`] : []),
    ...(other ? [`${other} left as they are`] : []),
  ];
  return [
    ...say(`${parts.join(', ')}.`),
    ...problems.map((text) => ({ type: 'print', item: { type: 'note', tone: 'warning', text } }) as const),
  ];
};
