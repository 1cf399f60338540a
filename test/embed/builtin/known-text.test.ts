import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createBuiltinEmbedder } from '../../../src/embed/builtin/builtin-embedder.ts';

const embedder = createBuiltinEmbedder();
const hasVector = async (text: string): Promise<boolean> => (await embedder.embedQuery(text)) !== null;

/** Bytes without pattern, the same at each run. */
const noise = Buffer.concat(
  Array.from({ length: 12 }, (_, index) => createHash('sha512').update(String(index)).digest()),
);

describe('text that the vocabulary knows has a vector', () => {
  test.each([
    ['English', 'Unused days may be carried over until the end of March.'],
    ['a question', 'Who approves a request for leave?'],
    ['a short name', 'Zürich office'],
    ['one word', 'holiday'],
    [
      'English with code',
      'Call `client.connect({ timeout: 5000 })` before the first query; it rejects when the host is down.',
    ],
    [
      'code',
      'export function sum(values: number[]): number {\n  return values.reduce((total, value) => total + value, 0);\n}',
    ],
    [
      'a table with words',
      '| Region | Revenue | Growth |\n|---|---|---|\n| North | 1,200 | 4.5 % |\n| South | 980 | 2.1 % |',
    ],
    ['German', 'Nicht genommene Urlaubstage können bis Ende März übertragen werden, danach verfallen sie.'],
    ['Spanish', 'Los días no disfrutados pueden trasladarse hasta finales de marzo.'],
    ['French', 'Les jours de congé non pris peuvent être reportés jusqu’à la fin du mois de mars.'],
    ['English with a Chinese name', 'The Beijing office (北京) is led by Chen Wei and opens at nine.'],
  ])('%s', async (_, text) => {
    expect(await hasVector(text)).toBe(true);
  });
});

describe('text that it hardly knows has none', () => {
  test.each([
    ['Chinese', '未使用的假期可以保留到三月底，之后将失效。'],
    ['Chinese with an English word', '我们使用 API 网关来管理所有的内部服务和外部请求，并且每天检查日志。'],
    ['Japanese', '未使用の休暇は三月末まで繰り越すことができます。'],
    ['Korean', '사용하지 않은 휴가는 3월 말까지 이월할 수 있습니다.'],
    ['Thai', 'วันหยุดที่ไม่ได้ใช้สามารถยกยอดไปจนถึงสิ้นเดือนมีนาคม'],
    ['Hindi', 'अप्रयुक्त छुट्टियाँ मार्च के अंत तक आगे बढ़ाई जा सकती हैं।'],
    ['Russian', 'Неиспользованные дни отпуска переносятся до конца марта.'],
    ['Arabic', 'يمكن ترحيل أيام الإجازة غير المستخدمة حتى نهاية شهر مارس.'],
    ['Greek', 'Οι ημέρες άδειας μεταφέρονται έως το τέλος Μαρτίου.'],
    ['numbers', '2024-01-01,12.50,33\n2024-01-02,13.75,44\n2024-01-03,11.20,29'],
    ['a hex dump', noise.toString('hex').replace(/(..)/g, '$1 ')],
    ['a hash', noise.subarray(0, 32).toString('hex')],
    ['base64', noise.toString('base64')],
    ['emoji', '😀 👩‍👩‍👧‍👦 🎉🎉🎉'],
    ['single letters', 'x = y + z; a b c d'],
    ['punctuation', '--- *** ... !!!'],
    ['nothing', ''],
  ])('%s', async (_, text) => {
    expect(await hasVector(text)).toBe(false);
  });
});

test('a text of a million characters costs no more than its beginning', async () => {
  const start = 'The quick brown fox jumps over the lazy dog. '.repeat(400);
  const [short, long] = await embedder.embedPassages([start, start + 'x'.repeat(1_000_000)]);
  expect(long).toEqual(short);
});

test('many combining marks in the wrong order do not stop it', async () => {
  expect(await hasVector(`a${'\u0301\u0323'.repeat(500_000)}`)).toBe(false);
});
