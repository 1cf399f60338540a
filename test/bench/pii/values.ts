import { createHash } from 'node:crypto';
import { type Draw, grouped } from './draw.ts';

/** A made-up value of one rule that passes whatever check its issuer makes. */
export type ValueMaker = {
  readonly kind: string;
  readonly rule: string;
  make(draw: Draw): string;
  /** What people write before it, by language; a maker without any is found by itself. */
  readonly labels: readonly string[];
  /** Whether it is also to be found where nothing says what it is. */
  readonly isPlain?: boolean;
};

/** Draws until the check says yes; checks are tried on one more digit than is drawn. */
function withCheck(body: string, isRight: (digits: string) => boolean, alphabet = '0123456789'): string | null {
  for (const last of alphabet) if (isRight(body + last)) return body + last;
  return null;
}

function until(make: () => string | null): string {
  for (;;) {
    const made = make();
    if (made !== null) return made;
  }
}

const sum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);

const luhn = (digits: string): boolean => {
  let total = 0;
  [...digits].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    total += value > 9 ? value - 9 : value;
  });
  return total % 10 === 0;
};

const big = (digits: string, divisor: number): number => Number(BigInt(digits) % BigInt(divisor));

const card = (prefixes: readonly string[], length: number, layout: readonly number[]) => (draw: Draw) => {
  const prefix = draw.one(prefixes);
  const digits = until(() => withCheck(prefix + draw.digits(length - prefix.length - 1), luhn));
  return draw.number(2) === 0 ? digits : grouped(digits, layout, draw.one([' ', '-']));
};

/** Country, length of the rest, and what stands in it. */
const IBANS: readonly (readonly [string, string])[] = [
  ['DE', 'n18'],
  ['FR', 'n10c11n2'],
  ['GB', 'a4n14'],
  ['ES', 'n20'],
  ['NL', 'a4n10'],
  ['IT', 'a1n10c12'],
  ['AT', 'n16'],
  ['CH', 'n5c12'],
  ['BE', 'n12'],
  ['PL', 'n24'],
  ['SE', 'n20'],
  ['PT', 'n21'],
];

const lettersToNumber = (text: string): string =>
  [...text].map((character) => (/\d/.test(character) ? character : String(character.charCodeAt(0) - 55))).join('');

function iban(draw: Draw): string {
  for (;;) {
    const [country, form] = draw.one(IBANS);
    let body = '';
    for (const [, what, count] of form.matchAll(/([nac])(\d+)/g)) {
      const alphabet = what === 'n' ? '0123456789' : what === 'a' ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : '0123456789';
      body += draw.text(alphabet, Number(count));
    }
    if (country === 'BE') body = body.slice(0, 10) + String(big(body.slice(0, 10), 97) || 97).padStart(2, '0');
    if (/^(?:FR|IT|ES|PT|BE)$/.test(country) && country !== 'BE') {
      // Their own check digits inside are not made up here, so the numbers below have been drawn once from examples.
      body = draw.one(EXAMPLE_BODIES[country]!);
    }
    const check = 98 - big(lettersToNumber(`${body}${country}00`), 97);
    const whole = `${country}${String(check).padStart(2, '0')}${body}`;
    return draw.number(2) === 0 ? whole : whole.replace(/(.{4})(?=.)/g, '$1 ');
  }
}

const EXAMPLE_BODIES: Readonly<Record<string, readonly string[]>> = {
  FR: ['20041010050500013M02606', '30006000011234567890189'],
  ES: ['21000418450200051332', '00491500051234567892'],
  IT: ['X0542811101000000123456'],
  PT: ['000201231234567890154'],
};

const FIRST = ['jane', 'tom', 'maria', 'jürgen', 'li.wei', 'a.kowalska', 'o_brien', 'sven+news', 'x-y', 'pedro99'];
const DOMAINS = [
  'corp.test',
  'mail.example.com',
  'uni-graz.at',
  'firma.de',
  'a.co.uk',
  'empresa.com.br',
  'xn--bcher-kva.example',
];

const phones: readonly ((draw: Draw) => string)[] = [
  (d) => `+49 30 ${d.one(['2', '3', '4', '8', '9'])}${d.digits(6)}`,
  (d) => `+49 (0)89 ${d.one(['2', '3', '4', '5'])}${d.digits(6)}`,
  (d) => `+1 ${d.one(['212', '415', '617', '303'])}-${d.one(['2', '3', '4', '7'])}${d.digits(2)}-${d.digits(4)}`,
  (d) => `(${d.one(['212', '415', '617', '303'])}) ${d.one(['2', '3', '4', '7'])}${d.digits(2)}-${d.digits(4)}`,
  (d) => `+44 20 7${d.digits(3)} ${d.digits(4)}`,
  (d) => `+33 6 ${d.one(['10', '22', '43', '81'])} ${d.digits(2)} ${d.digits(2)} ${d.digits(2)}`,
  (d) => `+34 6${d.digits(2)} ${d.digits(3)} ${d.digits(3)}`,
  (d) => `+39 06 698${d.digits(5)}`,
  (d) => `+41 79 ${d.one(['2', '3', '4', '6'])}${d.digits(2)} ${d.digits(2)} ${d.digits(2)}`,
  (d) => `+55 11 9${d.one(['6', '7', '8'])}${d.digits(3)}-${d.digits(4)}`,
  (d) => `+91 98${d.digits(3)} ${d.digits(5)}`,
  (d) => `+81 90-${d.one(['1', '2', '3'])}${d.digits(3)}-${d.digits(4)}`,
];

const steuerId = (draw: Draw): string =>
  until(() => {
    const pool = [...'0123456789'];
    const doubled = draw.one(pool);
    const left = pool.filter((digit) => digit !== doubled);
    left.splice(draw.number(left.length), 1);
    const places = [...left, doubled, doubled];
    for (let at = places.length - 1; at > 0; at--) {
      const other = draw.number(at + 1);
      [places[at], places[other]] = [places[other]!, places[at]!];
    }
    const body = places.join('');
    if (body.startsWith('0') || /(\d)\1\1/.test(body)) return null;
    let product = 10;
    for (const digit of body) {
      const value = (Number(digit) + product) % 10 || 10;
      product = (value * 2) % 11;
    }
    return grouped(body + ((11 - product) % 10), [2, 3, 3, 3], draw.one([' ', '']));
  });

/** Multiplication and permutation of Verhoeff's paper, as tables. */
const D5 = Array.from({ length: 10 }, (_, a) =>
  Array.from({ length: 10 }, (_, b) =>
    a < 5 ? (b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5) : b < 5 ? ((a - b + 10) % 5) + 5 : (a - b + 10) % 5,
  ),
);
const aadhaar = (draw: Draw): string =>
  until(() =>
    withCheck(`${draw.one(['2', '3', '5', '7', '9'])}${draw.digits(10)}`, (digits) => {
      let check = 0;
      [...digits].reverse().forEach((digit, index) => {
        let value = Number(digit);
        for (let times = 0; times < index % 8; times++) value = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][value]!;
        check = D5[check]![value]!;
      });
      return check === 0;
    }),
  ).replace(/(\d{4})(?=\d)/g, '$1 ');

const IT_ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const codiceFiscale = (draw: Draw): string => {
  const { year, day } = draw.birthday();
  const letters = 'BCDFGHLMNPRSTVZ';
  const body = `${draw.text(letters, 6)}${year}${draw.one([...'ABCDEHLMPRST'])}${day}${draw.one(['H', 'F', 'L'])}${draw.digits(3)}`;
  const total = [...body].reduce((sum, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return sum + (index % 2 === 0 ? IT_ODD[value]! : value);
  }, 0);
  return body + String.fromCharCode(65 + (total % 26));
};

const mod11 = (digits: string, weights: readonly number[]): number => ((sum(digits, weights) * 10) % 11) % 10;

const base58 = (draw: Draw): string => {
  const payload = Buffer.from(`00${draw.text('0123456789abcdef', 40)}`, 'hex');
  const once = createHash('sha256').update(payload).digest();
  const bytes = Buffer.concat([payload, createHash('sha256').update(once).digest().subarray(0, 4)]);
  let number = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (number > 0n) {
    text = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'[Number(number % 58n)] + text;
    number /= 58n;
  }
  return `1${text}`;
};

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export const MAKERS: readonly ValueMaker[] = [
  {
    kind: 'email',
    rule: 'email',
    make: (d) => `${d.one(FIRST)}${d.digits(2)}@${d.one(DOMAINS)}`,
    labels: ['E-mail', 'Kontakt', 'Correo', 'Courriel'],
    isPlain: true,
  },
  {
    kind: 'phone',
    rule: 'phone',
    make: (d) => d.one(phones)(d),
    labels: ['Phone', 'Telefon', 'Tél.', 'Teléfono', 'Mobile', 'Handy'],
    isPlain: true,
  },
  {
    kind: 'phone',
    rule: 'national',
    make: (d) =>
      d.one([
        `030 ${d.one(['2', '3', '4', '8', '9'])}${d.digits(6)}`,
        `06 ${d.one(['10', '22', '43'])} ${d.digits(2)} ${d.digits(2)} ${d.digits(2)}`,
        `020 7${d.digits(3)} ${d.digits(4)}`,
      ]),
    labels: ['Phone', 'Telefon', 'Tél.', 'Mobile', 'Tel'],
  },
  {
    kind: 'card',
    rule: 'visa',
    make: card(['4'], 16, [4, 4, 4, 4]),
    labels: ['Card', 'Kreditkarte', 'Carte', 'Tarjeta'],
    isPlain: true,
  },
  {
    kind: 'card',
    rule: 'mastercard',
    make: card(['51', '55', '2221', '2720'], 16, [4, 4, 4, 4]),
    labels: ['Card number', 'Karte', 'Carte bancaire'],
    isPlain: true,
  },
  {
    kind: 'card',
    rule: 'amex',
    make: card(['34', '37'], 15, [4, 6, 5]),
    labels: ['Amex', 'Card', 'Kreditkarte'],
    isPlain: true,
  },
  { kind: 'iban', rule: 'iban', make: iban, labels: ['IBAN', 'Konto', 'Compte', 'Account'], isPlain: true },
  {
    kind: 'national-id',
    rule: 'us-ssn',
    make: (d) =>
      `${d.one(['219', '457', '123', '610'])}-${d.one(['09', '55', '45'])}-${d.one(['1', '9'])}${d.digits(3)}`,
    labels: ['SSN', 'Social security number', 'ssn'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'gb-nino',
    make: (d) => `${d.one(['AB', 'CE', 'JX', 'WK'])}${d.digits(6)}${d.one(['A', 'B', 'C', 'D'])}`,
    labels: ['NINO', 'National insurance number', 'NI number'],
    isPlain: true,
  },
  { kind: 'national-id', rule: 'de-tax-id', make: steuerId, labels: ['Steuer-ID', 'Identifikationsnummer', 'IdNr.'] },
  {
    kind: 'national-id',
    rule: 'fr-nir',
    make: (d) => {
      const { year, month } = d.birthday();
      const body = `${d.one(['1', '2'])}${year}${month}${d.one(['75', '13', '69'])}${d.one(['101', '055', '222'])}${d.digits(3)}`;
      return grouped(body + String(97 - big(body, 97)).padStart(2, '0'), [1, 2, 2, 2, 3, 3, 2], d.one([' ', '']));
    },
    labels: ['Numéro de sécurité sociale', 'NIR', 'Sécu'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'es-dni',
    make: (d) => {
      const digits = d.digits(8);
      return `${digits}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23]}`;
    },
    labels: ['DNI', 'NIF', 'Documento nacional de identidad'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'it-codice-fiscale',
    make: codiceFiscale,
    labels: ['Codice fiscale', 'C.F.'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'nl-bsn',
    make: (d) =>
      until(() => {
        const digits = d.digits(9);
        return digits[0] !== '0' && sum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 ? digits : null;
      }),
    labels: ['BSN', 'Burgerservicenummer'],
  },
  {
    kind: 'national-id',
    rule: 'pl-pesel',
    make: (d) =>
      until(() => {
        const { year, month, day } = d.birthday();
        return withCheck(
          `${year}${month}${day}${d.digits(4)}`,
          (n) => sum(n, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
        );
      }),
    labels: ['PESEL', 'Numer PESEL'],
  },
  {
    kind: 'national-id',
    rule: 'se-personnummer',
    make: (d) =>
      until(() => {
        const { year, month, day } = d.birthday();
        const made = withCheck(`${year}${month}${day}${d.digits(3)}`, luhn);
        return made && grouped(made, [6, 4], '-');
      }),
    labels: ['Personnummer', 'Personnr'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'be-rrn',
    make: (d) => {
      const { year, month, day } = d.birthday();
      const body = `${year}${month}${day}${d.digits(3)}`;
      const digits = body + String(97 - big(body, 97)).padStart(2, '0');
      return `${grouped(digits.slice(0, 6), [2, 2, 2], '.')}-${digits.slice(6, 9)}.${digits.slice(9)}`;
    },
    labels: ['Rijksregisternummer', 'NISS'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'ch-ahv',
    make: (d) =>
      grouped(
        until(() => withCheck(`756${d.digits(9)}`, (n) => sum(n, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0)),
        [3, 4, 4, 2],
        '.',
      ),
    labels: ['AHV', 'Numéro AVS'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'at-svnr',
    make: (d) =>
      until(() => {
        const { year, month, day } = d.birthday();
        const serial = `${d.one(['1', '3', '5'])}${d.digits(2)}`;
        const check = sum(`${serial}0${day}${month}${year}`, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11;
        return check === 10 ? null : `${serial}${check} ${day}${month}${year}`;
      }),
    labels: ['SVNR', 'Sozialversicherungsnummer'],
  },
  {
    kind: 'national-id',
    rule: 'pt-nif',
    make: (d) =>
      until(() =>
        withCheck(`${d.one(['1', '2'])}${d.digits(7)}`, (n) => {
          const rest = sum(n, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
          return Number(n[8]) === (rest < 2 ? 0 : 11 - rest);
        }),
      ),
    labels: ['NIF', 'Contribuinte'],
  },
  { kind: 'national-id', rule: 'in-aadhaar', make: aadhaar, labels: ['Aadhaar', 'UIDAI'], isPlain: true },
  {
    kind: 'national-id',
    rule: 'in-pan',
    make: (d) =>
      `${d.text('ABCDEFGHJKLMNPQRSTUVWXYZ', 3)}P${d.text('ABCDEFGHJKLMNPQRSTUVWXYZ', 1)}${d.digits(4)}${d.text('ABCDEFGHJKLMNPQRSTUVWXYZ', 1)}`,
    labels: ['PAN', 'PAN card'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'br-cpf',
    make: (d) => {
      const body = d.digits(9);
      const a = mod11(body, [10, 9, 8, 7, 6, 5, 4, 3, 2]);
      const b = mod11(`${body}${a}`, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
      return `${grouped(body, [3, 3, 3], '.')}-${a}${b}`;
    },
    labels: ['CPF'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'br-cnpj',
    make: (d) => {
      const body = `${d.digits(8)}0001`;
      const w = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
      const a = mod11(body, w);
      const b = mod11(`${body}${a}`, [6, ...w]);
      return `${grouped(body.slice(0, 8), [2, 3, 3], '.')}/0001-${a}${b}`;
    },
    labels: ['CNPJ'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'cn-resident-id',
    make: (d) =>
      until(() => {
        const { century, year, month, day } = d.birthday();
        return withCheck(
          `110105${century}${year}${month}${day}${d.digits(3)}`,
          (n) => '10X98765432'[sum(n, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === n[17],
          '0123456789X',
        );
      }),
    labels: ['身份证号', 'Resident identity card'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'kr-rrn',
    make: (d) => {
      const { year, month, day } = d.birthday();
      return `${year}${month}${day}-${d.one(['1', '2'])}${d.digits(6)}`;
    },
    labels: ['주민등록번호', 'RRN'],
    isPlain: true,
  },
  {
    kind: 'national-id',
    rule: 'au-tfn',
    make: (d) =>
      grouped(
        until(() => {
          const n = d.digits(9);
          return sum(n, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 ? n : null;
        }),
        [3, 3, 3],
        ' ',
      ),
    labels: ['TFN', 'Tax file number'],
  },
  {
    kind: 'national-id',
    rule: 'ca-sin',
    make: (d) =>
      grouped(
        until(() => withCheck(`${d.one(['1', '4', '6'])}${d.digits(7)}`, luhn)),
        [3, 3, 3],
        d.one(['-', ' ']),
      ),
    labels: ['SIN', 'Social insurance number', 'NAS'],
  },
  {
    kind: 'birth-date',
    rule: 'birth-date',
    make: (d) => {
      const { century, year, month, day } = d.birthday();
      return d.one([
        `${day}.${month}.${century}${year}`,
        `${century}${year}-${month}-${day}`,
        `${month}/${day}/${century}${year}`,
        `${Number(day)} March ${century}${year}`,
      ]);
    },
    labels: ['Date of birth', 'Geburtsdatum', 'DOB', 'Date de naissance', 'Fecha de nacimiento'],
  },
  {
    kind: 'ip',
    rule: 'ipv4',
    make: (d) => `${d.one(['203', '198', '93', '172'])}.${d.number(255)}.${100 + d.number(150)}.${1 + d.number(250)}`,
    labels: ['IP', 'Client', 'Server'],
    isPlain: true,
  },
  {
    kind: 'ip',
    rule: 'ipv6',
    make: (d) =>
      `2001:db8:${d.text('0123456789abcdef', 3)}1:${d.text('123456789abcdef', 3)}::${d.text('123456789abcdef', 3)}7`,
    labels: ['IPv6', 'Host'],
    isPlain: true,
  },
  {
    kind: 'mac',
    rule: 'mac',
    make: (d) =>
      Array.from({ length: 6 }, () => d.text('0123456789abcdef', 1) + d.text('abcdef', 1)).join(d.one([':', '-'])),
    labels: ['MAC', 'Adapter'],
    isPlain: true,
  },
  {
    kind: 'secret',
    rule: 'aws-key',
    make: (d) => `AKIA${d.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
    labels: ['access key', 'AWS'],
    isPlain: true,
  },
  {
    kind: 'secret',
    rule: 'github-token',
    make: (d) => `gh${d.one(['p', 'o', 's'])}_${d.text(ALNUM, 36)}`,
    labels: ['token', 'GitHub'],
    isPlain: true,
  },
  {
    kind: 'secret',
    rule: 'api-key',
    make: (d) => `sk-${d.one(['', 'proj-', 'ant-api03-'])}${d.text(ALNUM, 20)}7${d.text(ALNUM, 20)}`,
    labels: ['key', 'API'],
    isPlain: true,
  },
  {
    kind: 'secret',
    rule: 'slack-token',
    make: (d) => `xoxb-${d.digits(11)}-${d.text(ALNUM, 24)}`,
    labels: ['Slack'],
    isPlain: true,
  },
  { kind: 'secret', rule: 'google-key', make: (d) => `AIza${d.text(ALNUM, 35)}`, labels: ['Maps'], isPlain: true },
  {
    kind: 'secret',
    rule: 'jwt',
    make: (d) =>
      `${Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')}.${Buffer.from(`{"sub":"${d.digits(9)}"}`).toString('base64url')}.${d.text(ALNUM, 43)}`,
    labels: ['Bearer', 'session'],
    isPlain: true,
  },
  {
    kind: 'secret',
    rule: 'password',
    make: (d) => `${d.text(ALNUM, 5)}${d.one(['!', '#', '$', '-'])}${d.text('abcdefgh', 3)}${d.digits(2)}`,
    labels: ['password', 'Passwort', 'Kennwort', 'contraseña', 'mot de passe', 'api_key', 'client_secret'],
  },
  { kind: 'crypto', rule: 'bitcoin', make: base58, labels: ['wallet', 'BTC'], isPlain: true },
  {
    kind: 'crypto',
    rule: 'ethereum',
    make: (d) => `0x${d.text('0123456789abcdefABCDEF', 40)}`,
    labels: ['ETH wallet', 'wallet'],
  },
];
