/** Characters that JSON leaves as they are and a terminal obeys or hides; written as escapes the value is the same. */
const HAZARDS = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const escapeHazards = (json: string): string =>
  json.replace(HAZARDS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** An indented JSON value with a line end. */
export const renderJson = (value: object): string => `${escapeHazards(JSON.stringify(value, null, 2))}\n`;

/** `{"schema": "rag.search/1", "data": …}`. */
export const renderEnvelope = (schema: string, data: unknown): string => renderJson({ schema, data });

/** One line of a stream; every line has a `type`. */
export const renderLine = (value: { readonly type: string }): string => `${escapeHazards(JSON.stringify(value))}\n`;
