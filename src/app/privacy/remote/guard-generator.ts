import type { GenerateRequest, Generator } from '../../../generate/types.ts';
import { createPseudonymRestorer } from '../../../privacy/restore-pseudonyms.ts';
import type { RemoteGuard } from './remote-guard.ts';

/** The model, which is asked without personal data; pseudonyms in its answer are values again for who asked. */
export function guardGenerator(generator: Generator, guard: RemoteGuard): Generator {
  return {
    name: generator.name,
    ...(generator.check && { check: () => generator.check?.() }),
    async *generate(request, signal) {
      const { sent, values } = await withoutPersonalData(request, guard);
      const restorer = createPseudonymRestorer(values);
      for await (const event of generator.generate(sent, signal)) {
        if (event.type === 'text-delta') {
          const text = restorer.push(event.text);
          if (text !== '') yield { ...event, text };
          continue;
        }
        const rest = event.type === 'finish' ? restorer.end() : '';
        if (rest !== '') yield { type: 'text-delta', text: rest };
        yield event;
      }
    },
  };
}

async function withoutPersonalData(request: GenerateRequest, guard: RemoteGuard) {
  const { system = '', messages } = request;
  const { texts, values } = await guard.send([system, ...messages.map(({ content }) => content)]);
  const sent: GenerateRequest = {
    ...request,
    ...(request.system !== undefined && { system: texts[0]?.text ?? '' }),
    messages: messages.map((message, index) => {
      const { text, moved } = texts[index + 1] as (typeof texts)[number];
      const { stableLength } = message;
      return { ...message, content: text, ...(stableLength !== undefined && { stableLength: moved(stableLength) }) };
    }),
  };
  return { sent, values };
}
