import type { GenerateRequest } from '../../src/generate/types.ts';

/** What a language model that counts common words answers to a prompt of the listwise reranker. */
export function rankByPrompt({ messages }: Pick<GenerateRequest, 'messages'>): string {
  const prompt = messages.at(-1)?.content ?? '';
  const query = /\nQuery: ([\s\S]*)\n\nRank the /.exec(prompt)?.[1] ?? '';
  const words = [...wordsOf(query)];
  return [...prompt.matchAll(/<passage id="(\d+)">\n([\s\S]*?)\n<\/passage>/g)]
    .map(([, id, text]) => {
      const there = wordsOf(text ?? '');
      return { id, score: words.filter((word) => there.has(word)).length };
    })
    .sort((a, b) => b.score - a.score)
    .map(({ id }) => `[${id}]`)
    .join(' > ');
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
