import { messageOf } from '../../platform/errors.ts';

export type ImportLine =
  | { readonly number: number; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly number: number; readonly fault: string };

/** The objects of JSONL; a line that is none is told, and empty ones are left out. */
export async function* readObjects(lines: AsyncIterable<string>): AsyncGenerator<ImportLine> {
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') continue;
    try {
      const fields: unknown = JSON.parse(line);
      const isObject = typeof fields === 'object' && fields !== null && !Array.isArray(fields);
      yield isObject
        ? { number, fields: fields as Readonly<Record<string, unknown>> }
        : { number, fault: `Line ${number} is no JSON object.` };
    } catch (error) {
      yield { number, fault: `Line ${number} is no JSON (${messageOf(error).slice(0, 120)}).` };
    }
  }
}
