import { expect, test } from 'vitest';
import { redact, toModelError } from '../../../src/platform/model-server/model-error.ts';
import { ModelFault } from '../../../src/platform/model-server/model-fault.ts';

const KEY = 'Zq81LmPw93RtYx5KbN2c';

test('a key is not shown, nor the beginning of one that a cut went through', () => {
  expect(redact(`wrong key ${KEY}, try again`, [KEY])).toBe('wrong key [key], try again');
  expect(redact(`wrong key ${KEY.slice(0, 12)}...`, [KEY])).toBe('wrong key [key]');
  expect(redact('nothing of it', [KEY])).toBe('nothing of it');
});

test('wherever a message of a server is cut, no part of its key is told', () => {
  for (let length = 260; length <= 320; length++) {
    const body = JSON.stringify({ message: `${'x'.repeat(length)} ${KEY} is wrong` });
    const fault = new ModelFault({ kind: 'status', status: 401, body, retryAfterMs: null });
    const hints = { auth: '', notFound: '', unreachable: '', contextTooLong: '', malformed: '' };
    const context = { name: 'p/m', model: 'm', server: 'http://127.0.0.1:1', secrets: [KEY], hints };
    expect(toModelError(fault, context, 0).message).not.toContain(KEY.slice(0, 6));
  }
});
