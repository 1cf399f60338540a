/**
 * What is embedded of a chunk: the names above it, then its text. A heading that the text begins with is not said twice.
 * A title taken from a file name is no part of it.
 */
export function embedText(title: string | null, headingPath: readonly string[], text: string): string {
  const names = [...new Set([title, ...headingPath])].filter(
    (name): name is string => !!name && !startsWithName(text, name),
  );
  return names.length ? `${names.join('\n')}\n${text}` : text;
}

const startsWithName = (text: string, name: string): boolean => {
  const at = text.indexOf(name);
  return at >= 0 && at <= 8;
};
