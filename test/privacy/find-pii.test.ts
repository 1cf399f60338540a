import { expect, test } from 'vitest';
import { findPii } from '../../src/privacy/find-pii.ts';
import type { FindOptions } from '../../src/privacy/types.ts';

const found = (text: string, options: FindOptions = {}) =>
  findPii(text, options).map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
const check = (text: string, expected: string[], options: FindOptions = {}) =>
  expect(found(text, options)).toEqual(expected);

test('addresses are found in prose, in addresses of pages, and as people hide them', () => {
  check('Ask Jane.Doe+x@sub.example.com.', ['email Jane.Doe+x@sub.example.com']);
  check('?email=john%40example.com&x=1', ['email john%40example.com']);
  check('john (at) example (dot) org', ['email john (at) example (dot) org']);
  check('joe at example dot org', ['email joe at example dot org']);
});

test('names of files, packages and repositories are no addresses', () => {
  check('icon@2x.png, lodash@4.17.21, git@github.com:owner/name.git, @scope/name, a@b', []);
});

test('a number of a card is found by issuer and check digit, however it is grouped', () => {
  check('4111 1111 1111 1111', ['card 4111 1111 1111 1111']);
  check('378282246310005', ['card 378282246310005']);
  check('4111 1111 1111 1112', []);
  check('Order number 4111111111111111', []);
});

test('an account number has the length of its country and a remainder of one', () => {
  check('IBAN: DE89 3704 0044 0532 0130 00.', ['iban DE89 3704 0044 0532 0130 00']);
  check('gb82west12345698765432', ['iban gb82west12345698765432']);
  check('DE89 3704 0044 0532 0130 01', []);
});

test('numbers of telephones are those of a numbering plan', () => {
  check('+49 (0)30 901820', ['phone +49 (0)30 901820']);
  check('(415) 555-2671', ['phone (415) 555-2671']);
  check('Tel. 030 901820', ['phone 030 901820']);
  check('+1 123 456 7890', []);
  check('part 415-555-2671', []);
});

test('the country of the setting decides on numbers that name none', () => {
  check('ring 020 7946 0018', ['phone 020 7946 0018'], { region: 'GB' });
  check('on 01/02/2026 10:30', [], { region: 'DE' });
});

test.each([
  ['us-ssn', 'SSN 219-09-9998', '219-09-9998', 'SSN 000-12-3456'],
  ['gb-nino', 'NINO AB123456C', 'AB123456C', 'NINO BG123456C'],
  ['de-tax-id', 'Steuer-ID 86 095 742 719', '86 095 742 719', 'Steuer-ID 86 095 742 718'],
  ['de-personalausweis', 'Ausweisnummer L01X00T471', 'L01X00T471', 'Ausweisnummer L01X00T472'],
  ['fr-nir', 'NIR 2 55 08 14 168 025 38', '2 55 08 14 168 025 38', 'NIR 2 55 08 14 168 025 39'],
  ['es-dni', 'DNI 12345678Z', '12345678Z', 'DNI 12345678A'],
  ['es-dni', 'NIE X1234567L', 'X1234567L', 'NIE X1234567A'],
  ['it-codice-fiscale', 'CF RSSMRA85T10A562S', 'RSSMRA85T10A562S', 'CF RSSMRA85T10A562T'],
  ['nl-bsn', 'BSN 111222333', '111222333', 'BSN 111222334'],
  ['pl-pesel', 'PESEL 44051401359', '44051401359', 'PESEL 44051401358'],
  ['se-personnummer', 'personnummer 811218-9876', '811218-9876', 'personnummer 811218-9875'],
  ['be-rrn', 'rijksregisternummer 85.07.30-033.28', '85.07.30-033.28', 'rijksregisternummer 85.07.30-033.29'],
  ['ch-ahv', 'AHV 756.9217.0769.85', '756.9217.0769.85', 'AHV 756.9217.0769.86'],
  ['at-svnr', 'SVNR 1237 010180', '1237 010180', 'SVNR 1238 010180'],
  ['pt-nif', 'NIF 123456789', '123456789', 'NIF 123456788'],
  ['in-aadhaar', 'Aadhaar 2341 2341 2346', '2341 2341 2346', 'Aadhaar 2341 2341 2347'],
  ['in-pan', 'PAN ABCPE1234F', 'ABCPE1234F', 'PAN ABCDE1234F'],
  ['br-cpf', 'CPF 529.982.247-25', '529.982.247-25', 'CPF 529.982.247-26'],
  ['br-cnpj', 'CNPJ 11.222.333/0001-81', '11.222.333/0001-81', 'CNPJ 11.222.333/0001-82'],
  ['cn-resident-id', '身份证11010519491231002X', '11010519491231002X', '身份证110105194912310021'],
  ['kr-rrn', '주민등록번호 800101-1234567', '800101-1234567', '주민등록번호 801301-1234567'],
  ['au-tfn', 'TFN 123 456 782', '123 456 782', 'TFN 123 456 783'],
  ['au-medicare', 'Medicare 2123 45670 1', '2123 45670 1', 'Medicare 2123 45671 1'],
  ['ca-sin', 'SIN 130 692 544', '130 692 544', 'SIN 130 692 545'],
  ['fi-hetu', 'HETU 131052-308T', '131052-308T', 'HETU 131052-308U'],
  ['no-fnr', 'fødselsnummer 01010750160', '01010750160', 'fødselsnummer 01010750161'],
  ['tr-tckn', 'TCKN 10000000146', '10000000146', 'TCKN 10000000147'],
  ['cl-rut', 'RUT 12.345.678-5', '12.345.678-5', 'RUT 12.345.678-6'],
  ['gb-nhs', 'NHS number 943 476 5919', '943 476 5919', 'NHS number 943 476 5918'],
])('%s: what passes the check is found, what does not is not', (rule, text, value, wrong) => {
  const [finding, ...rest] = findPii(text);
  expect(rest).toEqual([]);
  expect([finding?.rule, text.slice(finding?.span.start, finding?.span.end)]).toEqual([rule, value]);
  expect(findPii(wrong).filter((each) => each.rule === rule)).toEqual([]);
});

test('a bare number of nine digits is a number of a person only where a word says so', () => {
  check('219099998', []);
  check('Her social security number is 219099998', ['national-id 219099998']);
  check('{"ssn": "219099998"}', ['national-id 219099998']);
});

test('addresses of the network are no versions, sections or masks', () => {
  check('from 203.0.113.77 and 2001:db8::ff00:42:8329', ['ip 203.0.113.77', 'ip 2001:db8::ff00:42:8329']);
  check('v10.20.30.40, version 2.14.7.1, section 3.2.1.4, 255.255.255.0, 127.0.0.1, 1.3.6.1.4.1, 12:30:45', []);
  check('00:1A:2b:3c:4d:5e', ['mac 00:1A:2b:3c:4d:5e']);
  check('16:27:ac:a5:76:28:2d:36:63:1b:56:4d:eb:df:a6:48', []);
});

test('keys and passwords are found by what they begin with, or what they are set to', () => {
  const key = `gh${'p'}_${'a1B2'.repeat(9)}`;
  check(`uses ${key}.`, [`secret ${key}`]);
  check('postgres://bob:s3cr3t@db.example.com/x', ['secret s3cr3t']);
  check('password = "hunter2!"', ['secret hunter2!']);
  check('password: minimum of eight characters; token: string; password = os.environ["X"]; api_key=<your-key>', []);
});

test('a private key is found whole', () => {
  const key = `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIEabc\nabc=\n-----END RSA ${'PRIVATE'} KEY-----`;
  check(`a\n${key}\nb`, [`secret ${key}`]);
});

test('a token of the web is one when its header can be read', () => {
  const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
  check(`${header}.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`, [`secret ${header}.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`]);
  check('eyJhbGciOnotjson.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', []);
});

test('a date is a day of birth only after a word that says so', () => {
  check('geboren am 12.03.1980, angestellt am 12.03.2010', ['birth-date 12.03.1980']);
  check('DOB: 1980-13-40', []);
});

test('what a reader does not see hides nothing: wide digits, characters of no width, soft hyphens, wide spaces', () => {
  check('４１１１ １１１１ １１１１ １１１１', ['card ４１１１ １１１１ １１１１ １１１１']);
  check('jane\u200b@exam\u00adple.com', ['email jane\u200b@exam\u00adple.com']);
  check('4111\u00a01111\u20111111\u202f1111', ['card 4111\u00a01111\u20111111\u202f1111']);
  check('𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏', ['card 𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏']);
  check('4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1', ['card 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1']);
});

test('a value may be broken by one line end, not by the lines of a column', () => {
  check('4111 1111\n1111 1111', ['card 4111 1111\n1111 1111']);
  check('4111\n1111\n1111\n1111', []);
});

test('identifiers, times, places and books are nobody', () => {
  check(
    '550e8400-e29b-41d4-a716-446655440000 1700000000000 978-3-16-148410-0 2026-03-01 12:30:45 48.858370, 2.294481 d41d8cd98f00b204e9800998ecf8427e',
    [],
  );
});

test('what the user allows is left alone', () => {
  const text = 'info@example.org, me@corp.test, 203.0.113.77, you@other.test';
  check(text, ['email you@other.test'], { allow: ['info@example.org', '@corp.test', '203.0.*'] });
});

test('only the kinds that are asked for are looked for', () => {
  check('me@corp.test from 203.0.113.77', ['ip 203.0.113.77'], { kinds: ['ip'] });
});

test('a number that is sure in one place is found where no word says what it is', () => {
  check('SSN 219099998. Later: 219099998.', ['national-id 219099998', 'national-id 219099998']);
});

test('a password is found again wherever it stands', () => {
  check('password = "hunter2!x" then run login hunter2!x', ['secret hunter2!x', 'secret hunter2!x']);
});

test('of two numbers that overlap no digits are left beside the one that is kept', async () => {
  const { disjointFindings } = await import('../../src/privacy/disjoint-findings.ts');
  const finding = (start: number, end: number, confidence: number) =>
    ({ kind: 'phone', rule: 'phone', span: { start, end }, value: '1', confidence }) as const;
  const [kept, ...rest] = disjointFindings([finding(0, 10, 0.95), finding(6, 16, 0.6)]);
  expect(rest).toEqual([]);
  expect(kept?.span).toEqual({ start: 0, end: 16 });
});

test('an address of the network may be set with a sign', () => check('IP = 203.0.113.77', ['ip 203.0.113.77']));
