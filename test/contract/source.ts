import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { systemRuntime } from '../../src/platform/runtime.ts';
import type { SourceDriver, SourceItem, SourceSpec } from '../../src/source/types.ts';

export type SourceContractCase = {
  readonly driver: SourceDriver;
  /** A source that is there, and the texts that its items hold, in order. */
  present(): Promise<{ spec: SourceSpec; texts: readonly string[] }>;
  /** A source of which nothing is left; null where that cannot be. */
  missing(): Promise<SourceSpec | null>;
};

/** What holds for every driver of the source port. */
export function sourceContract(name: string, { driver, present, missing }: SourceContractCase): void {
  const list = (spec: SourceSpec, signal?: AbortSignal) => driver.list(spec, { ...systemRuntime, signal });

  test(`${name}: what is there is listed with its content`, async () => {
    const { spec, texts } = await present();
    const listing = await list(spec);
    expect(listing.root).toBe('present');
    expect(listing.items.map(textOf)).toEqual(texts);
  });

  test(`${name}: items have their own URIs, are sorted by path and know what can be known`, async () => {
    const { items } = await list((await present()).spec);
    expect(new Set(items.map(({ uri }) => uri)).size).toBe(items.length);
    expect(items.map(({ path }) => path)).toEqual(items.map(({ path }) => path).sort());
    for (const { uri, path, size, mtimeMs, content } of items) {
      expect(uri).toMatch(/^(file:\/\/\/|https?:\/\/|stdin:)/);
      expect(path).not.toBe('');
      if (size !== null) expect(size).toBe(bytesOf({ content }).byteLength);
      if (mtimeMs !== null) expect(mtimeMs).toSatisfy(Number.isInteger);
    }
  });

  test(`${name}: two listings of the same are equal`, async () => {
    const { spec } = await present();
    expect(await list(spec)).toEqual(await list(spec));
  });

  test(`${name}: what is not there is missing, which is no failure, and says why`, async () => {
    const spec = await missing();
    if (spec === null) return expect((await list((await present()).spec)).root).toBe('present');
    expect(await list(spec)).toEqual({ items: [], skipped: [], root: 'missing', reason: expect.stringMatching(/\w/) });
  });

  test(`${name}: an interrupt ends the listing`, async () => {
    const { spec } = await present();
    await expect(list(spec, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
  });
}

const bytesOf = ({ content }: Pick<SourceItem, 'content'>): Uint8Array =>
  content.kind === 'bytes' ? content.bytes : readFileSync(content.kind === 'file' ? content.path : content.file);

const textOf = (item: SourceItem): string => Buffer.from(bytesOf(item)).toString('utf8');
