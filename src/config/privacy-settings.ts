import { PII_KINDS } from '../domain/pii-kinds.ts';
import { textList } from './list-setting.ts';
import { choice, optionalText } from './setting.ts';

function kindName(text: string): string {
  if ((PII_KINDS as readonly string[]).includes(text)) return text;
  throw new Error(`must be some of ${PII_KINDS.join(', ')}, not ${JSON.stringify(text)}`);
}

function regionCode(text: string): string {
  if (/^[a-z]{2}$/i.test(text)) return text.toUpperCase();
  throw new Error(`must be a country of two letters, such as DE, not ${JSON.stringify(text)}`);
}

/** Shorter ones can be guessed. */
const MIN_KEY_LENGTH = 16;

function longKey(text: string): string {
  if (text.length >= MIN_KEY_LENGTH) return text;
  throw new Error(`must have at least ${MIN_KEY_LENGTH} characters`);
}

/** What is done with personal data and secrets in documents, and in what is sent to models. */
export const PRIVACY_SETTINGS = {
  'privacy.pii': choice(['off', 'report', 'redact', 'pseudonymize', 'refuse'], {
    default: 'off',
    project: 'trusted',
    description:
      'What is done with e-mail addresses, numbers of people, keys and the like in documents, before anything of them is stored',
  }),
  'privacy.remote': choice(['off', 'redact', 'pseudonymize', 'refuse'], {
    default: 'off',
    project: 'trusted',
    description: 'The same in what is sent to models that are not on this machine, questions too',
  }),
  'privacy.kinds': textList({
    type: 'kind, ...',
    item: kindName,
    default: PII_KINDS,
    defaultText: 'all of them',
    project: 'trusted',
    description: `Which kinds are looked for: ${PII_KINDS.join(', ')}`,
  }),
  'privacy.allow': textList({
    type: 'value, ...',
    item: (text) => text,
    default: [],
    defaultText: 'none',
    project: 'trusted',
    description:
      'Values that are left as they are: whole, `@example.org` for all addresses there, or with `*` at an end',
  }),
  'privacy.region': optionalText({
    type: 'country',
    normalize: regionCode,
    default: undefined,
    defaultText: 'none',
    project: 'trusted',
    description: 'Country of phone numbers that name none, such as DE',
  }),
  'privacy.keyFile': optionalText({
    type: 'file',
    default: undefined,
    defaultText: '`privacy.key` beside your settings, made at its first use',
    project: 'never',
    description: 'File with the key that pseudonyms are made with; never in the database',
  }),
  'privacy.key': optionalText({
    type: 'text',
    normalize: longKey,
    default: undefined,
    defaultText: 'read from privacy.keyFile',
    project: 'never',
    secret: true,
    description: 'The key itself, in place of a file',
  }),
} as const;
