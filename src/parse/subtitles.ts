import type { Section } from '../domain/document.ts';
import { RagError } from '../platform/errors.ts';
import { readText } from './decode.ts';
import { parsedDocument } from './parsed-document.ts';
import { joinCues, type Stretch } from './subtitles/join-cues.ts';
import { readCues } from './subtitles/read-cues.ts';
import type { Block, Parser } from './types.ts';

/**
 * Subtitles (SubRip, WebVTT) as what is said: captions joined into paragraphs, each with its time, which is also the
 * name of its section, so that a passage is found again in the film.
 */
export const subtitlesParser: Parser = {
  type: 'subtitles',
  mediaTypes: ['text/vtt', 'application/x-subrip', 'text/srt'],
  extensions: ['srt', 'vtt'],
  async parse({ bytes, charset, name }) {
    const { text: source, warnings } = readText(bytes, { charset });
    const { cues, notes, language } = readCues(source);
    if (cues.length === 0)
      throw new RagError('PARSE_FAILED', {
        message: 'Not subtitles: no line with the time of a caption (00:00:01,000 --> 00:00:02,000).',
        hint: 'Rename the file to what it is.',
      });
    const stretches = joinCues(cues);
    const isVtt = source.startsWith('WEBVTT') || /\.vtt$/i.test(name);
    const speakers = [...new Set(stretches.flatMap(({ speaker }) => speaker ?? []))];
    const lastEnd = cues.reduce((latest, { endMs }) => Math.max(latest, endMs), 0);
    return parsedDocument({
      ...written(stretches, notes),
      type: 'subtitles',
      mediaType: isVtt ? 'text/vtt' : 'application/x-subrip',
      language,
      metadata: {
        captions: cues.length,
        durationSeconds: Math.round(lastEnd / 1000),
        ...(speakers.length > 0 ? { speakers: speakers.slice(0, 50) } : {}),
      },
      warnings,
    });
  },
};

function written(stretches: readonly Stretch[], notes: readonly string[]) {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const sections: Section[] = [];
  let length = 0;
  const add = (paragraph: string): number => {
    const start = length + (parts.length > 0 ? 2 : 0);
    parts.push(paragraph);
    length = start + paragraph.length;
    blocks.push({ kind: 'paragraph', span: { start, end: length } });
    return start;
  };
  for (const note of notes) add(note.replace(/\n{2,}/g, '\n'));
  for (const { startMs, speaker, text } of stretches) {
    const time = clockTime(startMs);
    const start = add(`[${time}] ${speaker ? `${speaker}: ` : ''}${text}`);
    // Below the first level: passages may hold several stretches, and are named by the first.
    sections.push({ kind: 'heading', title: time, level: 2, span: { start, end: length } });
  }
  return { text: parts.join('\n\n'), blocks, sections };
}

/** 00:01:23 */
function clockTime(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
