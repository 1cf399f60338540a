import { countOf } from '../../present/text/quantities.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import { lineOf, type StyledLine, styled } from '../markdown/styled-text.ts';
import { cutLine, wrapLine } from '../markdown/wrap-line.ts';
import type { Candidate, Completion, Openable, Running, State } from '../state/types.ts';
import { layOutDraft } from './lay-out-draft.ts';
import { type ChatPage, textWidth } from './page.ts';

/** Lines that lists below the input take. */
const LIST_LINES = 7;
/** Below this the names of model and session need the room. */
const NARROW = 70;
/** Lines of the input on a high screen. */
const MAX_INPUT_LINES = 10;

/** What of the answer is not final yet, and what is being done; cut at its top where it is higher than the screen. */
export function drawRunning({ tail, phase, isStopping, kind }: Running, page: ChatPage, sign: string): StyledLine[] {
  const width = textWidth(page);
  const all =
    tail.trim() === '' ? [] : renderMarkdown(tail, { width, hasColor: page.hasColor, highlight: page.highlight });
  const room = Math.max(2, page.rows - inputHeight(page) - LIST_LINES - 5);
  const lines = all.length > room ? [lineOf('…', { dim: true }), ...all.slice(1 - room)] : all;
  const stop = isStopping ? 'stopping' : `${phase} · Ctrl-C stops ${kind === 'answer' ? 'the answer' : 'it'}`;
  const line = cutLine([styled(`${sign} `, { color: 'cyan' }), styled(stop, { dim: true })], width);
  return [...(lines.length > 0 ? [[], ...lines] : []), [], line];
}

export const inputHeight = ({ rows }: ChatPage): number => Math.max(1, Math.min(MAX_INPUT_LINES, Math.floor(rows / 3)));

/** The input with its cursor; what is looked up in the history stands before it. */
export function drawInput({ draft, lookup }: Pick<State, 'draft' | 'lookup'>, page: ChatPage): StyledLine[] {
  const width = textWidth(page);
  const { lines, above, below } = layOutDraft(draft, { width: width - 2, height: inputHeight(page) });
  const drawn = lines.map((line, index): StyledLine => {
    const isFirst = index === 0 && above === 0;
    const isCut = (index === 0 && above > 0) || (index === lines.length - 1 && below > 0);
    return [styled(isFirst ? '› ' : isCut ? '⋮ ' : '  ', { color: 'cyan', bold: true }), ...line];
  });
  if (draft.text === '' && !lookup) {
    const hint = 'Ask a question, or /help';
    drawn[0] = cutLine(
      [
        styled('› ', { color: 'cyan', bold: true }),
        styled(hint[0]!, { inverse: true }),
        styled(hint.slice(1), { dim: true }),
      ],
      width,
    );
  }
  if (!lookup) return drawn;
  const found = lookup.text !== '' && lookup.at === null ? 'nothing has' : 'history with';
  return [cutLine([styled(`${found}: `, { dim: true }), styled(lookup.text)], width), ...drawn];
}

/** What completes the word, as many as there is room for around the one that is chosen. */
export function drawCompletion({ candidates, selected }: Completion, page: ChatPage): StyledLine[] {
  const width = textWidth(page);
  const window = windowAround(selected ?? 0, candidates.length, Math.min(LIST_LINES - 1, Math.max(2, page.rows - 8)));
  const shown = candidates.slice(window.start, window.end);
  const column = Math.min(Math.floor(width / 2), Math.max(...shown.map(({ text }) => text.length)) + 2);
  const lines = shown.map((candidate, index) =>
    drawCandidate(candidate, window.start + index === selected, { column, width }),
  );
  const rest = candidates.length - shown.length;
  return rest > 0 ? [...lines, lineOf(`  and ${rest} more`, { dim: true })] : lines;
}

function drawCandidate(
  { text, help }: Candidate,
  isSelected: boolean,
  { column, width }: { readonly column: number; readonly width: number },
): StyledLine {
  const name = cutLine(lineOf(text, isSelected ? { bold: true, color: 'cyan' } : {}), width - 2);
  const gap = ' '.repeat(Math.max(1, column - text.length));
  return cutLine([styled(isSelected ? '› ' : '  '), ...name, styled(`${gap}${help ?? ''}`, { dim: true })], width);
}

/** The sources to open, the chosen one marked, and the keys that open it. */
export function drawPicker(
  { openables, selected }: { readonly openables: readonly Openable[]; readonly selected: number },
  page: ChatPage,
): StyledLine[] {
  const width = textWidth(page);
  const window = windowAround(selected, openables.length, Math.min(LIST_LINES, Math.max(2, page.rows - 6)));
  return [
    ...openables.slice(window.start, window.end).map((openable, index) => {
      const isSelected = window.start + index === selected;
      const place =
        openable.page !== null ? `page ${openable.page}` : openable.line !== null ? `line ${openable.line}` : '';
      return cutLine(
        [
          styled(`${isSelected ? '›' : ' '} [${openable.marker}] `, { color: 'cyan' }),
          styled(openable.title, isSelected ? { bold: true } : {}),
          styled(`  ${openable.path}${place === '' ? '' : `, ${place}`}`, { dim: true }),
        ],
        width,
      );
    }),
    ...wrapLine(
      lineOf('Enter or its number opens it, e edits it, o opens it outside, Esc goes back', { dim: true }),
      width,
    ),
  ];
}

/** So many places around one of `count`. */
function windowAround(at: number, count: number, size: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, Math.min(at - Math.floor(size / 2), count - size));
  return { start, end: Math.min(count, start + size) };
}

/** One line: what is asked, by what it is answered, which session, how much there is. */
export function drawStatus({ status, notice }: Pick<State, 'status' | 'notice'>, page: ChatPage): StyledLine {
  const width = textWidth(page);
  if (notice !== '') return cutLine(lineOf(notice, { color: 'yellow' }), width);
  const questions = countOf(status.turns, 'question');
  const counts = width < NARROW ? questions : `${countOf(status.documents, 'document')}, ${questions}`;
  const names = [status.collections, status.model, status.session];
  const share = Math.max(6, Math.floor((width - counts.length - 3 * names.length) / names.length));
  const lengths = names.map((name) => lineOf(name)).map((line) => cutLine(line, share + spareOf(names, share)));
  const separator = styled(' · ', { dim: true });
  const parts = lengths.flatMap((line) => [...line.map(({ text }) => styled(text, { dim: true })), separator]);
  return cutLine([...parts, styled(counts, { dim: true })], width);
}

/** Columns that short names leave to a long one. */
function spareOf(names: readonly string[], share: number): number {
  const long = names.filter(({ length }) => length > share).length;
  const spare = names.reduce((sum, { length }) => sum + Math.max(0, share - length), 0);
  return long === 0 ? 0 : Math.floor(spare / long);
}
