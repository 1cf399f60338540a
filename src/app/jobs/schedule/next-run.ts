import { messageOf, RagError } from '../../../platform/errors.ts';

/** Five fields with lists are shorter. */
const MAX_LENGTH = 200;

type Pattern = { readonly pattern: string; readonly timezone: string | null };

/**
 * The first time after `after` (milliseconds since 1970) that a pattern of cron with five fields means in its time zone;
 * null when there is none for years. Where clocks are put forward, a time that is left out is moved to the end of the gap;
 * where they are put back, a time that comes twice runs the first time. Throws USAGE for what is no pattern or no zone.
 */
export async function nextRun({ pattern, timezone }: Pattern, after: number): Promise<number | null> {
  const { Cron } = await import('croner');
  try {
    if (pattern.length > MAX_LENGTH) throw new Error(`It is longer than ${MAX_LENGTH} characters`);
    const cron = new Cron(pattern, { paused: true, mode: '5-part', ...(timezone !== null && { timezone }) });
    return cron.nextRun(new Date(after))?.getTime() ?? null;
  } catch (error) {
    const reason = messageOf(error);
    if (/timezone|time zone/i.test(reason)) {
      throw new RagError('USAGE', {
        message: `"${timezone}" is no time zone.`,
        hint: 'Name one such as Europe/Berlin or UTC.',
        cause: error,
      });
    }
    throw new RagError('USAGE', {
      message: `"${pattern.slice(0, MAX_LENGTH)}" is no schedule: ${reason.replace(/^Cron\w+: /, '')}.`.replace(
        '..',
        '.',
      ),
      hint: 'Give minute, hour, day of the month, month and day of the week: "0 3 * * *" is every night at three.',
      cause: error,
    });
  }
}

/** The next times, at most `count`. */
export async function nextRuns(pattern: Pattern, after: number, count: number): Promise<readonly number[]> {
  const runs: number[] = [];
  for (let at: number | null = after; runs.length < count; ) {
    at = await nextRun(pattern, at);
    if (at === null) break;
    runs.push(at);
  }
  return runs;
}
