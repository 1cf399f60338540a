import { RagError } from '../platform/errors.ts';
import { type ContentLine, contentLines, unescapeText } from './content-lines.ts';
import { contentValue } from './content-value.ts';
import { readText } from './decode.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { Parser } from './types.ts';

const ENTRIES = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);
/** What an entry says beyond this many properties is not said by a person. */
const MAX_PROPERTIES = 2_000;

/** Calendars (iCalendar): each event, task and journal entry a record under its title; repetitions are said, not counted out. */
export const icsParser: Parser = {
  type: 'ics',
  mediaTypes: ['text/calendar', 'application/ics'],
  extensions: ['ics', 'ical', 'ifb', 'vcs'],
  async parse({ bytes, charset, limits }) {
    const { eventRecord } = await import('./calendar/event-record.ts');
    const { text: source, warnings } = readText(bytes, { charset });
    const text = structuredText(limits.maxTextLength);
    const open: string[] = [];
    let entry: ContentLine[] | null = null;
    let entries = 0;
    let calendars = 0;
    let name: string | null = null;
    let description = '';
    const finish = (): void => {
      if (!entry) return;
      const record = eventRecord(entry);
      entry = null;
      entries++;
      text.heading(2, record.title);
      const body = record.text;
      if (body !== '')
        text.append({ text: body, blocks: [{ kind: 'record', span: { start: 0, end: body.length } }], sections: [] });
    };
    for (const line of contentLines(source)) {
      const component = line.value.trim().toUpperCase();
      if (line.name === 'BEGIN') {
        if (component === 'VCALENDAR') calendars++;
        if (ENTRIES.has(component)) {
          finish();
          entry = [];
          open.length = 0;
        } else if (open.length < 100) open.push(component);
      } else if (line.name === 'END') {
        if (ENTRIES.has(component)) finish();
        else if (open.at(-1) === component) open.pop();
      } else if (entry && open.length === 0) {
        if (entry.length < MAX_PROPERTIES) entry.push({ ...line, value: contentValue(line) });
      } else if (!entry && /^(?:X-WR-CALNAME|NAME)$/.test(line.name)) name ??= unescapeText(line.value).trim() || null;
      else if (!entry && /^(?:X-WR-CALDESC|DESCRIPTION)$/.test(line.name) && open.at(-1) === 'VCALENDAR')
        description = unescapeText(line.value).trim();
    }
    finish();
    if (calendars === 0 && entries === 0)
      throw new RagError('PARSE_FAILED', { message: 'Not a calendar: it has no BEGIN:VCALENDAR.' });
    if (description !== '') text.paragraph(description);
    if (entries === 0 && text.length === 0)
      throw new RagError('PARSE_NO_TEXT', { message: 'The calendar has no events, tasks or journal entries.' });
    const { title: _first, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'ics',
      mediaType: 'text/calendar',
      title: name,
      metadata: { entries },
      warnings,
    });
  },
};
