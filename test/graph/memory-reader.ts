import { encodeMentions } from '../../src/graph/encode-mentions.ts';
import { extractMentions } from '../../src/graph/extract-mentions.ts';
import { linkTitles } from '../../src/graph/link-titles.ts';
import { namesOf } from '../../src/graph/read-graph.ts';
import { indexTitles } from '../../src/graph/scan-titles.ts';
import type { GraphReader, MergeDecision } from '../../src/graph/types.ts';

export type SampleText = { readonly title: string; readonly text: string };

/** A reader of documents of one chunk each: document n stands in row n, its chunk in row 100 + n. */
export function memoryReader(
  samples: readonly SampleText[],
  decisions: readonly Pick<MergeDecision, 'action' | 'from' | 'to'>[] = [],
): GraphReader {
  const titles = indexTitles(samples.map(({ title }) => title));
  return {
    graphState: () => 1,
    keptPassageLinks: () => null,
    keepPassageLinks: () => {},
    hasTitleLinks: () => true,
    readMentions(visit) {
      samples.forEach(({ title, text }, i) => {
        const chunks = [{ span: { start: 0, end: text.length } }];
        const packed = encodeMentions(extractMentions({ text, sections: [], chunks }));
        const titleLinks = encodeMentions(
          linkTitles({ text, chunks, titles, packed, names: namesOf(title, `note-${i}.md`) }).chunks,
        );
        visit({ documentRow: i, title, path: `note-${i}.md`, firstChunk: 100 + i, chunkCount: 1, packed, titleLinks });
      });
    },
    mergeDecisions: () => decisions.map((decision, id) => ({ id, at: '', reason: '', ...decision })),
    textOfDocument: (row, { start, end }) => samples[row]?.text.slice(start, end) ?? '',
  };
}
