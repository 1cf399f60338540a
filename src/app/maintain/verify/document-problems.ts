import { sha256Short } from '../../../platform/hash.ts';
import type { DocumentRecord, PassageRecord } from '../../../store/types.ts';
import { embedText } from '../../ingest/embed-text.ts';
import { lineCounter } from '../../ingest/line-counter.ts';
import type { VerifyProblem } from '../types.ts';

type Found = Pick<VerifyProblem, 'passage' | 'kind' | 'message'>;

/** What of a stored document does not fit: its text, sections, passages with their places, words and vectors. Pure. */
export function documentProblems(record: DocumentRecord): Found[] {
  const { document, passageCount, passages } = record;
  const { text, sections } = document;
  const whole = (kind: Found['kind'], message: string): Found => ({ passage: null, kind, message });
  const found: Found[] = [];
  if (text !== text.normalize('NFC') || text.includes('\r')) {
    found.push(whole('text', 'Its text is not in the form in which texts are stored.'));
  }
  for (const { span } of sections) {
    if (isSpanIn(span, text.length)) continue;
    found.push(
      whole('section', `A section spans ${span.start} to ${span.end} of a text of ${text.length} characters.`),
    );
  }
  if (passages.length !== passageCount) {
    found.push(whole('passage', `${passages.length} passages are stored where the document says ${passageCount}.`));
  }
  const lineAt = document.firstLine === null ? null : lineCounter(text, document.firstLine);
  let covered = 0;
  passages.forEach((passage, index) => {
    found.push(...passageProblems(record, passage, { index, covered, lineAt }));
    covered = Math.max(covered, passage.span.end);
  });
  if (passages.length > 0 && text.slice(covered).trim() !== '') {
    found.push(whole('passage', `No passage holds the text from character ${covered} on.`));
  }
  return found;
}

type Place = {
  readonly index: number;
  /** End of the text that the passages before hold. */
  readonly covered: number;
  readonly lineAt: ((offset: number) => number) | null;
};

function passageProblems({ document }: DocumentRecord, passage: PassageRecord, place: Place): Found[] {
  const { text } = document;
  const { span, ordinal, lines, embedHash, headingPath, unfoundWords, vector } = passage;
  const of = (kind: Found['kind'], message: string): Found => ({ passage: ordinal, kind, message });
  if (!isSpanIn(span, text.length) || span.start === span.end) {
    return [of('passage', `It spans ${span.start} to ${span.end} of a text of ${text.length} characters.`)];
  }
  const found: Found[] = [];
  if (ordinal !== place.index) found.push(of('passage', `It is number ${place.index} but says ${ordinal}.`));
  if (span.start > place.covered && text.slice(place.covered, span.start).trim() !== '') {
    found.push(of('passage', `No passage holds the text from character ${place.covered} to ${span.start}.`));
  }
  if (place.lineAt && lines) {
    const expected = { start: place.lineAt(span.start), end: place.lineAt(span.end - 1) };
    if (lines.start !== expected.start || lines.end !== expected.end) {
      found.push(
        of(
          'passage',
          `It says lines ${lines.start} to ${lines.end}, and stands on ${expected.start} to ${expected.end}.`,
        ),
      );
    }
  }
  const own = text.slice(span.start, span.end);
  const wasEmbedded = [document.source.title, null].some((title) =>
    isSame(sha256Short(embedText(title, headingPath, own)), embedHash),
  );
  if (!wasEmbedded) found.push(of('vector', 'Its vector was made from another text than it has.'));
  if (unfoundWords.length > 0) {
    found.push(of('words', `The word index does not find in it: ${unfoundWords.join(', ')}.`));
  }
  if (vector?.every((value) => value === 0 || Number.isNaN(value))) found.push(of('vector', 'Its vector is empty.'));
  return found;
}

const isSpanIn = ({ start, end }: { readonly start: number; readonly end: number }, length: number): boolean =>
  Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= length;

const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
