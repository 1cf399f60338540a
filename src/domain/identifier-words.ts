/** The words of names that programs give: `parseConfigFile`, `parse_config_file` and `HTTPServer` by their parts, lower-case. */
export const identifierWords = (text: string): string[] =>
  (text.replace(cut, ' ').match(word) ?? []).map((each) => each.toLowerCase());

/** A small letter or digit before a capital, or the last of a run of capitals before a small letter. */
const cut = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const word = /[\p{L}\p{M}\p{N}]+/gu;
