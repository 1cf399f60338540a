import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText, readText } from '../../src/parse/decode.ts';

const check = (bytes: Uint8Array, encoding: string, text: string) => {
  const decoded = decodeText(bytes);
  expect({ encoding: decoded.encoding, text: decoded.text }).toEqual({ encoding, text });
};
const T = 'Grüße aus Köln, naïve – “smart”\n';

describe('byte order marks', () => {
  test('UTF-8', () => check(Buffer.from(`\ufeff${T}`), 'utf-8', T));
  test('UTF-16 LE', () => check(iconv.encode(T, 'utf-16le', { addBOM: true }), 'utf-16le', T));
  test('UTF-16 BE', () => check(iconv.encode(T, 'utf-16be', { addBOM: true }), 'utf-16be', T));
  test('UTF-32 LE is not taken for UTF-16', () => check(iconv.encode(T, 'utf-32le', { addBOM: true }), 'utf-32le', T));
});

describe('wide text without a mark is known by its zero bytes', () => {
  test('UTF-16 LE', () => check(iconv.encode(T, 'utf-16le'), 'utf-16le', T));
  test('UTF-16 BE', () => check(iconv.encode(T, 'utf-16be', { addBOM: false }), 'utf-16be', T));
  test('a NUL amid UTF-8 does not make it UTF-16', () => check(Buffer.from(`${T}\0${T}`), 'utf-8', `${T}\0${T}`));
});

test('valid UTF-8 wins over a declaration', () => {
  expect(decodeText(Buffer.from(T), { charset: 'iso-8859-1' }).text).toBe(T);
});

test('a declared charset is used where the bytes are valid in it', () => {
  const bytes = iconv.encode('日本語の文書です', 'shift_jis');
  expect(decodeText(bytes, { charset: 'Shift_JIS' }).text).toBe('日本語の文書です');
});

test('a charset that nobody knows is passed over', () => {
  expect(decodeText(Buffer.from(T), { charset: 'x-no-such-charset' }).text).toBe(T);
});

test('one broken byte in UTF-8 is marked and warned of, the rest stays', () => {
  const decoded = decodeText(Buffer.concat([Buffer.from(T), Buffer.from([0xff]), Buffer.from(T)]));
  expect(decoded.text).toBe(`${T}\ufffd${T}`);
  expect(decoded.warnings).toEqual([expect.stringContaining('1 place')]);
});

test('smart quotes of windows-1252 survive', () => check(iconv.encode(T, 'windows-1252'), 'windows-1252', T));

test('the stored form has "\\n" line ends, NFC and no NUL', () => {
  expect(readText(Buffer.from('a\r\nb\rc\0d e\u0301')).text).toBe('a\nb\nc d \u00e9');
});

// Written for this test: a sentence or two in each language, in every encoding that was common for it.
const languages: ReadonlyArray<readonly [encodings: string, text: string]> = [
  [
    'windows-1252 iso-8859-15 macintosh cp850',
    'Die Übergabe der Schlüssel erfolgt spätestens am fünften Werktag. Bitte prüfen Sie die Größe der Räume.',
  ],
  [
    'windows-1252 macintosh cp850',
    'Le congé payé est accordé à chaque employé après une année complète. Les demandes doivent être envoyées dès que possible.',
  ],
  [
    'windows-1252 macintosh',
    'El año pasado la compañía amplió su sede en España. ¿Cuándo podrán los empleados solicitar días de vacaciones?',
  ],
  [
    'windows-1252',
    'A reunião de segunda-feira será às dez horas da manhã. Não é necessária confirmação, mas a participação é importante.',
  ],
  [
    'windows-1252 macintosh',
    'Anställda får ansöka om ledighet på våren. Vänligen lämna in blanketten före månadens slut.',
  ],
  [
    'windows-1250 iso-8859-2 cp852',
    'Pracownik może złożyć wniosek o urlop w każdej chwili. Źródłem informacji są przełożeni, którzy odpowiedzą na pytania.',
  ],
  [
    'windows-1250 iso-8859-2 cp852',
    'Zaměstnanec má nárok na dovolenou v délce pěti týdnů. Žádost je třeba podat nejpozději čtrnáct dní předem.',
  ],
  [
    'windows-1250 iso-8859-2',
    'A munkavállaló évente húsz nap szabadságra jogosult. A kérelmet legkésőbb két héttel előbb kell benyújtani, különben elvész.',
  ],
  [
    'windows-1254 iso-8859-9',
    'Çalışanlar yılda on dört gün izin kullanabilir. Başvurular en geç iki hafta önceden yapılmalıdır.',
  ],
  [
    'windows-1257 iso-8859-13',
    'Darbuotojai gali prašyti atostogų bet kuriuo metu. Prašymą reikia pateikti prieš dvi savaites.',
  ],
  [
    'windows-1251 koi8-r iso-8859-5 ibm866',
    'Сотрудник может подать заявление на отпуск в любое время. Заявку нужно отправить за две недели.',
  ],
  [
    'windows-1251 koi8-u',
    'Працівник може подати заяву на відпустку в будь-який час. Її потрібно надіслати за два тижні.',
  ],
  [
    'windows-1253 iso-8859-7',
    'Ο εργαζόμενος μπορεί να ζητήσει άδεια οποιαδήποτε στιγμή. Η αίτηση πρέπει να υποβληθεί νωρίτερα.',
  ],
  [
    'windows-1255 iso-8859-8',
    'העובד יכול לבקש חופשה בכל עת. יש להגיש את הבקשה שבועיים מראש כדי שהמנהל יוכל לאשר אותה בזמן.',
  ],
  [
    'windows-1256 iso-8859-6',
    'يمكن للموظف أن يطلب إجازة في أي وقت. يجب تقديم الطلب قبل أسبوعين حتى يتمكن المدير من الموافقة عليه.',
  ],
  ['windows-874', 'พนักงานสามารถขอลาพักร้อนได้ทุกเมื่อ โดยต้องยื่นคำร้องล่วงหน้าสองสัปดาห์'],
  ['gb18030 gbk', '员工可以随时申请年假。申请必须提前两周提交，以便经理有足够的时间审批。'],
  ['big5', '員工可以隨時申請年假。申請必須提前兩週提交，以便經理有足夠的時間審批。'],
  ['shift_jis euc-jp', '社員はいつでも有給休暇を申請できます。申請は二週間前までに提出してください。'],
  ['euc-kr', '직원은 언제든지 휴가를 신청할 수 있습니다. 신청서는 두 주 전에 제출해야 합니다.'],
];

describe('encodings are told by the text that they give', () => {
  for (const [encodings, text] of languages) {
    test.each(encodings.split(' '))(`%s: ${text.slice(0, 24)} ...`, (encoding) => {
      const bytes = iconv.encode(text, encoding);
      expect(iconv.decode(bytes, encoding)).toBe(text);
      expect(decodeText(bytes).text).toBe(text);
    });
  }

  test('ISO-2022-JP, by its escape sequences', () => {
    check(Buffer.from('\u001b$B$3$l$O\u001b(B ok', 'latin1'), 'iso-2022-jp', 'これは ok');
  });

  test('HZ, by its shift sequences', () => check(Buffer.from('~{VPND~} ok', 'latin1'), 'hz-gb-2312', '中文 ok'));
});

test('random bytes never throw', () => {
  for (let seed = 1; seed < 60; seed++) {
    const bytes = Uint8Array.from({ length: seed * 3 }, (_, index) => (index * seed * 7919 + seed * seed * 31) & 255);
    expect(typeof decodeText(bytes).text).toBe('string');
  }
});
