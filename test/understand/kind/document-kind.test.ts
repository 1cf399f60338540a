import { describe, expect, test } from 'vitest';
import { documentKind } from '../../../src/understand/kind/document-kind.ts';
import { randomText } from '../random-text.ts';

const kindOf = (text: string, given: { name?: string; title?: string; type?: string } = {}) =>
  documentKind({ text, name: given.name ?? 'a.txt', title: given.title ?? null, type: given.type ?? 'txt' }).kind;

describe('documentKind', () => {
  test('the fields of an invoice tell it, in several languages', () => {
    expect(
      kindOf(
        'Invoice number 4711\nInvoice date: 2026-03-01\nBill to: ACME Ltd\nSubtotal 90\nVAT 19%\nAmount due 107.10',
      ),
    ).toBe('invoice');
    expect(
      kindOf('Rechnungsnummer 4711, Rechnungsdatum 1.3.2026\nZwischensumme 90,00\nMwSt 19%\nGesamtbetrag 107,10'),
    ).toBe('invoice');
    expect(kindOf('Numéro de facture 12\nDate de facture 1/3/2026\nTVA 20%\nMontant total TTC 120')).toBe('invoice');
  });
  test('a contract is known by its phrases', () =>
    expect(
      kindOf(
        'This Agreement is made between ACME (hereinafter "the Licensor") and Bee Inc. WHEREAS the parties agree. 12. Governing law. 13. Severability. IN WITNESS WHEREOF the parties sign.',
      ),
    ).toBe('contract'));
  test('minutes name who was there and what is to be done', () =>
    expect(
      kindOf(
        'Attendees: Ada, Bob\nApologies: Cy\nAgenda\n1. Budget\nAction items\n- Ada asks the bank\nNext meeting: 3 May',
      ),
    ).toBe('minutes'));
  test('a letter has its greetings', () =>
    expect(
      kindOf(
        'Dear Ms Lovelace,\n\nthank you for your order. It will be there on Monday.\n\nYours sincerely,\nCharles Babbage',
      ),
    ).toBe('letter'));
  test('the name of a file is enough where the text is of no kind', () => {
    expect(kindOf('All of it, one after the other.', { name: 'expense-policy.md' })).toBe('policy');
    expect(kindOf('Erst das eine, dann das andere.', { name: 'Bedienungsanleitung Drucker.pdf' })).toBe('manual');
  });
  test('questions as headings make a FAQ, versions a changelog', () => {
    expect(kindOf('## How do I log in?\nSo.\n## What does it cost?\nNothing.\n## Who may use it?\nAll.\n')).toBe('faq');
    expect(kindOf('## 2.1.0\n- faster\n## 2.0.0\n- new\n## [1.9.3]\n- mended\n')).toBe('changelog');
  });
  test('some formats say it all', () => {
    expect(kindOf('let a = 1', { type: 'code' })).toBe('code');
    expect(kindOf('a,b', { type: 'csv' })).toBe('data');
    expect(kindOf('hello', { type: 'eml' })).toBe('mail');
  });
  test('a text of no kind has none, and neither has one of two kinds at once', () => {
    expect(kindOf('The sea was calm that morning, and the boats lay still.')).toBeNull();
    expect(kindOf('', { name: 'invoice-report.txt' })).toBeNull();
  });
  test('a kind comes with what it was taken from', () =>
    expect(documentKind({ text: '', name: 'travel-policy.md', title: 'Travel', type: 'md' })).toEqual({
      kind: 'policy',
      because: ['"policy" in its name'],
    }));
  test('nothing makes it fail', () => {
    for (let seed = 0; seed < 60; seed++) {
      const text = randomText(seed, 300);
      expect(() => kindOf(text, { name: text, title: text })).not.toThrow();
    }
  });
});
