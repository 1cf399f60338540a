import { monthName } from '../calendar/date-words.ts';
import { type ContentLine, splitValue, unescapeText } from '../content-lines.ts';
import { contentValue } from '../content-value.ts';

export type CardRecord = { readonly name: string /** Lines below the name. */; readonly text: string };

const MAX_NOTE_LENGTH = 50_000;
const LABELS: Readonly<Record<string, string>> = {
  NICKNAME: 'Nickname',
  ORG: 'Organisation',
  TITLE: 'Title',
  ROLE: 'Role',
  TEL: 'Phone',
  EMAIL: 'E-mail',
  ADR: 'Address',
  URL: 'Link',
  IMPP: 'Message',
  'X-SOCIALPROFILE': 'Profile',
  BDAY: 'Birthday',
  ANNIVERSARY: 'Anniversary',
  RELATED: 'Related',
  MEMBER: 'Member',
  CATEGORIES: 'Categories',
  LANG: 'Language',
  GENDER: 'Gender',
};
/** Types that say nothing to a reader. */
const SILENT_TYPES = /^(?:internet|pref|voice|text|uri|x400|pref=\d+|dom|intl|parcel|postal|quoted-printable|8bit)$/i;

/** A card in words: one line for each thing that it says. */
export function cardRecord(lines: readonly ContentLine[]): CardRecord {
  const labels = new Map<string, string>();
  for (const line of lines)
    if (line.name === 'X-ABLABEL' && line.group)
      labels.set(line.group, unescapeText(line.value).replace(/^_\$!<(.*)>!\$_$/, '$1'));
  const said: string[] = [];
  for (const [name, label] of Object.entries(LABELS))
    for (const line of lines) {
      if (line.name !== name) continue;
      const value = shownValue(line);
      const kinds = (line.group && labels.get(line.group)) || typesOf(line);
      if (value !== '') said.push(`${label}${kinds ? ` (${kinds})` : ''}: ${value}`);
    }
  for (const line of lines) {
    if (line.name !== 'NOTE') continue;
    const note = unescapeText(contentValue(line)).trim().slice(0, MAX_NOTE_LENGTH);
    if (note !== '') said.push('', note);
  }
  return { name: nameOf(lines), text: said.join('\n').trim() };
}

function nameOf(lines: readonly ContentLine[]): string {
  const of = (name: string): string => {
    const line = lines.find((candidate) => candidate.name === name);
    return line ? contentValue(line) : '';
  };
  const [family = '', given = '', middle = '', prefix = '', suffix = ''] = parts(of('N'));
  const structured = [prefix, given, middle, family, suffix].filter(Boolean).join(' ');
  const name =
    unescapeText(of('FN')).trim() || structured || parts(of('ORG')).join(', ') || parts(of('EMAIL')).join(' ');
  return name.replace(/\s+/g, ' ').slice(0, 500) || '(no name)';
}

const parts = (value: string): string[] => splitValue(value, ';').map((part) => unescapeText(part).trim());

function shownValue(line: ContentLine): string {
  const value = contentValue(line);
  switch (line.name) {
    case 'ADR':
    case 'ORG':
      return parts(value)
        .map((part) => part.replace(/\s*\n\s*/g, ', '))
        .filter((part) => part !== '')
        .join(', ')
        .slice(0, 2_000);
    case 'BDAY':
    case 'ANNIVERSARY':
      return birthday(value.trim());
    case 'TEL':
    case 'MEMBER':
    case 'RELATED':
      return unescapeText(value)
        .trim()
        .replace(/^(?:tel|mailto):/i, '')
        .slice(0, 500);
    default:
      return splitValue(value, ',').map(unescapeText).join(', ').replace(/\s+/g, ' ').trim().slice(0, 2_000);
  }
}

/** 1985-04-12, 19850412, --0412 or 1985-04. */
function birthday(value: string): string {
  const full = /^(\d{4})-?(\d{2})-?(\d{2})(?:T|$)/.exec(value);
  if (full) return `${Number(full[3])} ${monthName(Number(full[2]))} ${full[1]}`;
  const yearless = /^--(\d{2})-?(\d{2})$/.exec(value);
  if (yearless) return `${Number(yearless[2])} ${monthName(Number(yearless[1]))}`;
  return unescapeText(value).slice(0, 100);
}

const typesOf = (line: ContentLine): string =>
  [...new Set((line.params.get('TYPE') ?? []).flatMap((type) => type.toLowerCase().split(',')))]
    .filter((type) => type !== '' && !SILENT_TYPES.test(type))
    .slice(0, 5)
    .join(', ');
