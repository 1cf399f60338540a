import type { Span } from '../domain/span.ts';
import { type JsonMember, jsonMembers } from './json-members.ts';
import type { Unit } from './passage-units.ts';

/** Names of members that say which record it is. */
const IDENTITY = /^(?:id|key|name|title|label|code|number|nr|slug|ticket|.{1,30}[_-]id|.{1,30}Id)$/i;
const MAX_IDENTITY_LENGTH = 60;
/** A value longer than this is cut: no quote should fill the screen. */
const MAX_SHOWN_LENGTH = 420;

/**
 * Each member of JSON as a unit, shown as `id: INC-2041; duration_minutes: 97` or `kestrel > replicas: 3`, with the
 * whole record around it as its heading. What only says which record it is, is no unit. `span` moves the units to where the passage stands in its document.
 */
export function jsonUnits(text: string, passage: Span): Unit[] {
  const members = jsonMembers(text);
  const records = new Map<number, JsonMember[]>();
  for (const member of members) {
    const record = records.get(member.record);
    if (record) record.push(member);
    else records.set(member.record, [member]);
  }
  return members.flatMap((member, position) => {
    const record = records.get(member.record) ?? [member];
    const identity = record.find(({ name, value }) => IDENTITY.test(name) && value.length <= MAX_IDENTITY_LENGTH);
    if (identity === member && record.length > 1) return [];
    const lead = identity && identity !== member ? `${identity.name}: ${identity.value}; ` : '';
    const place = member.path.length === 0 ? '' : `${member.path.join(' > ')} > `;
    const unit: Unit = {
      kind: 'record',
      span: { start: passage.start + member.span.start, end: passage.start + member.span.end },
      text: text.slice(member.span.start, member.span.end),
      shown: `${place}${lead}${member.name}: ${cut(oneLine(member.value))}`,
      context: '',
      heading: [...member.path, ...record.map(({ name, value }) => `${name} ${value}`)].join('\n'),
      block: member.record,
      position,
    };
    return [unit];
  });
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const cut = (text: string): string => {
  if (text.length <= MAX_SHOWN_LENGTH) return text;
  const space = text.lastIndexOf(' ', MAX_SHOWN_LENGTH);
  return `${text.slice(0, space > MAX_SHOWN_LENGTH / 2 ? space : MAX_SHOWN_LENGTH)} …`;
};
