import type { ContentLine } from './content-lines.ts';
import { decodeText } from './decode.ts';
import { normalizeText } from './normalize-text.ts';

/** The value of a property; of quoted-printable (vCard 2.1, vCalendar 1.0) what its bytes say in their charset. */
export function contentValue({ params, value }: ContentLine): string {
  const types = params.get('TYPE') ?? [];
  const encoding = params.get('ENCODING')?.[0] ?? types.find((type) => /^quoted-printable$/i.test(type)) ?? '';
  if (!/^quoted-printable$/i.test(encoding)) return value;
  const bytes: number[] = [];
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const escaped = code === 61 ? /^[\dA-Fa-f]{2}/.exec(value.slice(at + 1, at + 3)) : null;
    if (escaped) {
      bytes.push(Number.parseInt(escaped[0], 16));
      at += 2;
    } else if (code < 128) bytes.push(code);
    else bytes.push(...Buffer.from(value[at]!, 'utf8'));
  }
  return normalizeText(decodeText(Uint8Array.from(bytes), { charset: params.get('CHARSET')?.[0] }).text);
}
