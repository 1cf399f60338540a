import { RagError } from '../../platform/errors.ts';
import type { Moment, Store, StoredHistory, StoredVersion } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { findByReference, notFound, one } from '../references.ts';
import type { KnowledgeBase } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { compareStates } from './compare-states.ts';
import { countChangedWords } from './count-words.ts';
import { diffTexts } from './diff-texts.ts';
import { nameMoment } from './name-moment.ts';
import { createPastCopies, removePastCopies } from './past-base.ts';
import { restoreState } from './restore-state.ts';
import { retentionBounds } from './retention.ts';
import type { History, VersionEntry, VersionText } from './types.ts';

const DEFAULT_LIMIT = 20;
const CONTEXT_LINES = 3;
const MAX_NAME_LENGTH = 60;

export type HistoryPorts = {
  /** Opens a copy to write to it, and a copy to search it: what that costs is recorded in this base. */
  readonly openStore: (path: string) => Store;
  readonly openPast: (path: string) => Promise<KnowledgeBase>;
};

export function createHistory(context: AppContext, ports: HistoryPorts): History {
  const { store } = context;

  /** A document that is there comes before one that was removed. */
  const find = (reference: string): StoredHistory => {
    if (findByReference(store, reference).length > 0) return store.historyOf(one(store, reference).row);
    const gone = store.goneHistories(reference, 2);
    const [first] = gone;
    if (!first) throw notFound(store, reference);
    if (gone.some(({ path, collection }) => path !== first.path || collection !== first.collection)) {
      throw new RagError('USAGE', {
        message: `"${reference}" names several documents that were removed: ${gone.map(({ path, collection }) => `${path} (${collection})`).join('; ')} and maybe more.`,
        hint: 'Name one by its whole path.',
      });
    }
    return first;
  };

  const versionOf = (history: StoredHistory, number: number | undefined): StoredVersion => {
    const { versions, path } = history;
    const found = number === undefined ? versions[0] : versions.find((version) => version.number === number);
    if (found) return found;
    const there = versions.map((version) => version.number);
    throw new RagError('NOT_FOUND', {
      message: `${path} has no version ${number ?? ''} (any more).`.replace('  ', ' '),
      hint:
        there.length > 0
          ? `There ${there.length === 1 ? `is version ${there[0]}` : `are versions ${there.at(-1)} to ${there[0]}`}; \`rag history ${path}\` lists them.`
          : 'No former versions are kept of it.',
    });
  };

  const textOf = (history: StoredHistory, version: StoredVersion): VersionText => {
    const { number, path, since, until } = version;
    if (version.row !== null) {
      const { title, firstLine, text } = store.versionContent(version.row);
      return { path, title, number, since, until, firstLine, text };
    }
    const { text, firstLine, source } = store.document(history.documentRow as number);
    return { path, title: source.title, number, since, until, firstLine, text };
  };

  const entriesOf = (history: StoredHistory, limit: number, countsWords: boolean): VersionEntry[] => {
    const { versions, goneAt } = history;
    const texts = new Map<number, string>();
    const text = (version: StoredVersion): string => {
      const there = texts.get(version.number) ?? textOf(history, version).text;
      texts.set(version.number, there);
      return there;
    };
    const entries = versions.slice(0, limit).map((version, i): VersionEntry => {
      const before = versions[i + 1];
      // A version further back than the next number was dropped, so that nobody knows what it said.
      const follows = before !== undefined && before.number === version.number - 1 && before.ended !== 'deleted';
      const words = countsWords && follows ? countChangedWords(text(before), text(version)) : null;
      texts.delete(version.number);
      const { number, reason, since, until, ended, path, title, fileBytes, storedBytes, row } = version;
      return {
        number,
        isPresent: row === null,
        reason,
        since,
        until,
        ended,
        path,
        title,
        fileBytes,
        storedBytes,
        words,
      };
    });
    const removals = [
      ...(goneAt === null ? [] : [goneAt]),
      ...versions.slice(1, limit + 1).flatMap(({ ended, until }) => (ended === 'deleted' && until ? [until] : [])),
    ];
    const removed = removals.map((since): VersionEntry => {
      const { path, title } = versions.find(({ until }) => until === since) ?? {
        path: history.path,
        title: history.title,
      };
      const none = {
        number: null,
        isPresent: false,
        until: null,
        ended: null,
        fileBytes: null,
        storedBytes: 0,
        words: null,
      };
      return { ...none, reason: 'deleted', since, path, title };
    });
    const numberBelow = (entry: VersionEntry): number =>
      entry.number ?? (versions.find(({ until }) => until === entry.since)?.number ?? 0) + 0.5;
    return [...entries, ...removed].sort((a, b) => numberBelow(b) - numberBelow(a));
  };

  const presentRow = (history: StoredHistory): number => {
    if (history.documentRow !== null) return history.documentRow;
    throw new RagError('NOT_FOUND', {
      message: `${history.path} was removed.`,
      hint: `\`rag restore ${history.path} --version ${history.versions[0]?.number ?? 1}\` brings it back.`,
    });
  };

  /** Whatever is there. */
  const present = (): Moment => ({ generation: Number.MAX_SAFE_INTEGER });

  const checkedName = (name: string): string => {
    const isDate = /^\d{4}(-|$)/.test(name);
    if (/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name) && name.length <= MAX_NAME_LENGTH && !isDate) return name;
    throw new RagError('USAGE', {
      message: `"${name.slice(0, MAX_NAME_LENGTH)}" cannot name a snapshot.`,
      hint: `Use letters, digits, dots, hyphens and underscores, at most ${MAX_NAME_LENGTH}, and nothing that reads as a date: before-review.`,
    });
  };

  return {
    of(reference, { limit = DEFAULT_LIMIT, countsWords = true } = {}) {
      const history = find(reference);
      const { path, title, collection, documentRow, versions } = history;
      const isPinned =
        documentRow !== null &&
        store.findDocuments(path, 20).some(({ row, isPinned }) => row === documentRow && isPinned);
      return {
        path,
        title,
        collection,
        isGone: documentRow === null,
        isPinned,
        entries: entriesOf(history, limit, countsWords),
        more: Math.max(0, versions.length - limit),
      };
    },
    text(reference, number) {
      const history = find(reference);
      return textOf(history, versionOf(history, number));
    },
    async diff(reference, { from, to, by = 'lines', context: lines = CONTEXT_LINES } = {}) {
      const history = find(reference);
      const newer = versionOf(history, to);
      const before = history.versions.find(({ number }) => number < newer.number);
      if (from === undefined && before === undefined) {
        throw new RagError('NOT_FOUND', {
          message: `There is no version of ${history.path} before version ${newer.number}.`,
          hint: `\`rag history ${history.path}\` lists what there is.`,
        });
      }
      const older = from === undefined ? (before as StoredVersion) : versionOf(history, from);
      const [first, second] = [textOf(history, older), textOf(history, newer)];
      return { from: first, to: second, diff: await diffTexts(first.text, second.text, { by, context: lines }) };
    },
    async restore(reference, number, signal) {
      const version = versionOf(find(reference), number);
      if (version.row === null) {
        throw new RagError('USAGE', {
          message: `Version ${number} of ${version.path} is the present one.`,
          hint: `Name a former one: \`rag history ${version.path}\`.`,
        });
      }
      const put = [version.row];
      const change = () => ({ remove: [], put, unchanged: 0 });
      await restoreState(context, { change, pin: { reason: '' }, signal });
      const [document] = store.findDocuments(version.uri, 1);
      const restored = document ?? one(store, version.path);
      const known = store.knownItem(restored.source.documentId);
      return {
        path: restored.path,
        version: number,
        number: restored.version,
        isPinned: restored.isPinned,
        hasFile: known?.staysWithoutFile !== true,
      };
    },
    async unpin(reference) {
      const history = find(reference);
      const row = presentRow(history);
      await waitForWriteLock(context);
      store.write((writer) => writer.unpin(row));
      return history.path;
    },
    async prune() {
      await waitForWriteLock(context);
      const dropped = store.write((writer) => writer.pruneVersions(retentionBounds(context)));
      return { dropped, figures: store.historyFigures() };
    },
    async forget(reference, { pastFolder } = {}) {
      const { row, path } = find(reference);
      await waitForWriteLock(context);
      const dropped = row === null ? 0 : store.write((writer) => writer.forgetHistory(row));
      store.checkpoint();
      if (pastFolder !== undefined) removePastCopies(pastFolder, store.path);
      return { path, dropped };
    },
    figures: store.historyFigures,
    snapshots: store.snapshots,
    async createSnapshot(name) {
      checkedName(name);
      await waitForWriteLock(context);
      return store.write((writer) => writer.putSnapshot(name));
    },
    async removeSnapshot(name) {
      await waitForWriteLock(context);
      if (store.write((writer) => writer.removeSnapshot(name))) return;
      throw new RagError('NOT_FOUND', { message: `There is no snapshot "${name}".`, hint: 'See `rag snapshot list`.' });
    },
    moment: (name) => nameMoment(store, name),
    changes: (from, to) => compareStates(store.documentsAt(from.moment), store.documentsAt(to?.moment ?? present())),
    async restoreBase(moment, { dryRun = false, signal } = {}) {
      const changes = compareStates(store.documentsAt(present()), store.documentsAt(moment.moment));
      const change = () => store.stateAt(moment.moment);
      const reason = `It was not there at ${moment.name}, which was restored; it is taken in again when it changes.`;
      if (!dryRun && changes.length > 0) {
        await restoreState(context, { change, pin: { reason }, signal });
        store.checkpoint();
      }
      return { moment, dryRun, changes, unchanged: change().unchanged };
    },
    async openPast(moment, options) {
      const { put, remove, unchanged } = store.stateAt(moment.moment);
      const { droppedUntil } = store.historyFigures();
      const notes =
        droppedUntil !== null && moment.at < droppedUntil
          ? [
              `Former versions that were replaced before ${droppedUntil.slice(0, 19)}Z may have been dropped, and are missing here.`,
            ]
          : [];
      const documents = put.length + unchanged;
      const isPresent = put.length === 0 && remove.length === 0;
      const copies = createPastCopies({ context, openStore: ports.openStore });
      const path = isPresent ? store.path : await copies.path(moment, options);
      const knowledgeBase = await ports.openPast(path);
      return { knowledgeBase, moment, documents, notes, close: () => knowledgeBase.close() };
    },
  };
}
