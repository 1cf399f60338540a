import type { AnswerEvent } from '../../answer/answer-question.ts';
import type { Answer } from '../../domain/answer.ts';
import { describeValidity } from '../../domain/validity.ts';

/** The events of an answer, with a warning for each document that it cites though it does not apply at the time asked for. */
export async function* withValidityWarnings(events: AsyncIterable<AnswerEvent>): AsyncGenerator<AnswerEvent> {
  for await (const event of events) {
    if (event.type !== 'answer-end') yield event;
    else
      yield {
        ...event,
        answer: { ...event.answer, warnings: [...event.answer.warnings, ...warningsOn(event.answer)] },
      };
  }
}

function warningsOn({ citations, hits }: Answer): string[] {
  const markers = [...new Set(citations.map(({ marker }) => marker))].sort((a, b) => a - b);
  const warned = new Map<string, { readonly markers: number[]; readonly text: string }>();
  for (const marker of markers) {
    const hit = hits[marker - 1];
    if (!hit?.validity || hit.validity.applies) continue;
    const { documentId, title } = hit.document;
    const known = warned.get(documentId);
    if (known) known.markers.push(marker);
    else
      warned.set(documentId, {
        markers: [marker],
        text: `"${title}", which does not apply: ${describeValidity(hit.validity)}.`,
      });
  }
  return [...warned.values()].map(
    ({ markers, text }) => `${markers.map((each) => `[${each}]`).join('')} is from ${text}`,
  );
}
