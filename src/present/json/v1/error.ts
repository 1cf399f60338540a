import { renderJson } from '../stringify.ts';

type Problem = { readonly code: string; readonly message: string; readonly hint?: string };

const errorToJson = (error: Problem) => ({ code: error.code, message: error.message, hint: error.hint ?? null });

/** `{"schema": "rag.error/1", "error": {code, message, hint}}`, in place of an envelope with data. */
export const renderErrorJson = (error: Problem): string =>
  renderJson({ schema: 'rag.error/1', error: errorToJson(error) });

/** The last line of a stream that failed. */
export const errorToLine = (error: Problem) => ({ type: 'error' as const, error: errorToJson(error) });
