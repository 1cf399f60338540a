import type { Detector, Finding } from '../../types.ts';
import { isPlaceholder } from './is-placeholder.ts';

const NAME =
  '(?:[a-z0-9]{1,24}[_.-]){0,3}(?:password|passwd|passphrase|passcode|pwd|passwort|kennwort|mot de passe|contrase[ñn]a|senha|wachtwoord|has[łl]o|l[öo]senord|пароль|密码|密碼|パスワード|비밀번호|api[_ -]?key|apikey|secret|token|access[_-]?key|account[_-]?key|auth[_-]?key|client[_-]?secret|secret[_-]?(?:access[_-]?)?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|credentials?)';
const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}])(${NAME})(?:["'\`*\\]\\\\]{0,4}[ \\t]{0,4}(?::=|=>|==|=|:|：|\\|)[ \\t]{0,4}|[ \\t]{1,3}(?:is|ist|lautet|est|es|è|é|to)[ \\t:]{1,3})\\\\{0,3}(["'\`]?)([^\\s"'\`,;&<>|\\\\]{4,200})`,
  'giu',
);

/** What is set as a password, key or token: `password = ...`, `"api_key": "..."`, `Kennwort: ...`, `the password is ...`. */
export const password: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const match of text.matchAll(PATTERN)) {
      const [whole, , quote, found] = match as unknown as [string, string, string, string];
      const value = quote ? found : found.replace(/[).\]]+$/, '');
      if (value.length < 4 || isPlaceholder(value)) continue;
      const between = whole.slice(0, whole.length - found.length - quote.length);
      const isAssigned = /=[ \t]*$/.test(between) && !/(?:==|=>)[ \t]*$/.test(between);
      const looksMade =
        /\d/.test(value) || /[^\p{L}\p{N}'-]/u.test(value.replace(/[.:]/g, '')) || /\p{Ll}\p{Lu}/u.test(value);
      const isQuoted =
        quote !== '' && /^\\{0,3}["'`]/.test(text.slice(match.index + whole.length, match.index + whole.length + 4));
      // In prose a colon is followed by words too: only what nobody would write as a word counts.
      const confidence =
        isQuoted || (isAssigned && looksMade) ? 0.9 : looksMade && value.length >= 6 ? 0.8 : isAssigned ? 0.55 : 0.2;
      const start = match.index + whole.length - found.length;
      yield { kind: 'secret', rule: 'password', span: { start, end: start + value.length }, value, confidence };
    }
  },
};
