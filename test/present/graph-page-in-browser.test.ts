import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openKnowledgeBase } from '../../src/app/open-knowledge-base.ts';
import { renderGraphPage } from '../../src/present/graph/render-graph-page.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { finish, temporaryFolder } from '../app/temporary-knowledge-base.ts';
import { findChromium } from './find-chromium.ts';

const files = {
  'ada.md': '# Ada Lovelace\n\nAda Lovelace worked with Charles Babbage on the Analytical Engine.\n',
  'charles.md': '# Charles Babbage\n\nCharles Babbage lived near Trinity College and drew the Analytical Engine.\n',
  'trinity.md': '# Trinity College\n\nIsaac Newton lived at Trinity College. <img src="https://example.org/x.png">\n',
  'newton.md': '# Isaac Newton\n\nIsaac Newton never met Ada Lovelace.\n',
};
const executablePath = findChromium();

describe.skipIf(!executablePath)(
  'the page of the graph in a browser (skipped where no chromium is on the PATH)',
  () => {
    let browser: Browser;
    let page: Page;
    const troubles: string[] = [];

    beforeAll(async () => {
      const folder = temporaryFolder(files, 'file');
      const path = join(temporaryFolder({}, 'file').path, 'rag.db');
      const knowledgeBase = await openKnowledgeBase({ path, embedder: hashEmbedder() });
      await finish(knowledgeBase.add(folder.path));
      const file = join(folder.path, 'graph.html');
      writeFileSync(file, renderGraphPage(await (await knowledgeBase.graph()).export()));
      knowledgeBase.close();
      // A browser that runs as root, as in a container, has no sandbox.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
      page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
      page.on('console', (message) => troubles.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => troubles.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) troubles.push(`asked for ${request.url()}`);
      });
      await page.goto(pathToFileURL(file).href);
    }, 60_000);
    afterAll(() => browser?.close());

    const node = (name: string) => page.locator(`.node[aria-label="${name}"]`);
    const classesOf = async (name: string) => ((await node(name).getAttribute('class')) ?? '').split(' ');
    const detail = () => page.locator('#detail').innerText();

    test('every entity is drawn inside the view, with its name', async () => {
      for (const name of ['Ada Lovelace', 'Charles Babbage', 'Trinity College', 'Isaac Newton']) {
        const box = await node(name).locator('circle').boundingBox();
        expect(box!.x).toBeGreaterThan(0);
        expect(box!.x + box!.width).toBeLessThan(1200);
        expect(box!.y + box!.height).toBeLessThan(800);
        expect(await node(name).locator('text').textContent()).toBe(name);
      }
      const places = await page
        .locator('.node circle')
        .evaluateAll((all) => all.map((each) => each.getAttribute('cx')));
      expect(new Set(places).size).toBe(places.length);
    });

    test('a click on a node shows its passages, where they stand, and what is beside it', async () => {
      await node('Charles Babbage').locator('circle').click();
      const shown = await detail();
      expect(shown).toContain('Ada Lovelace worked with Charles Babbage on the Analytical Engine.');
      expect(shown).toContain('ada.md');
      expect(await page.locator('#detail mark').first().innerText()).toBe('Charles Babbage');
      expect(await classesOf('Charles Babbage')).toContain('chosen');
      expect(await page.locator('line.lit').count()).toBeGreaterThan(0);
      await page.locator('#detail .links button', { hasText: 'Ada Lovelace' }).click();
      expect(await page.locator('#detail h1').innerText()).toBe('Ada Lovelace');
      await page.keyboard.press('Escape');
      expect(await page.locator('.chosen').count()).toBe(0);
    });

    test('the search box marks what matches, fades the rest, and opens the first on Enter', async () => {
      await page.fill('#search', 'NEWTON');
      expect(await classesOf('Isaac Newton')).toContain('found');
      expect(await classesOf('Ada Lovelace')).toContain('faint');
      expect(await page.locator('#count').innerText()).toMatch(/^1 of \d+ match$/);
      await page.press('#search', 'Enter');
      expect(await page.locator('#detail h1').innerText()).toBe('Isaac Newton');
      await page.fill('#search', 'no such name');
      expect(await page.locator('.found').count()).toBe(0);
      await page.fill('#search', '');
      expect(await page.locator('.faint').count()).toBe(0);
    });

    test('wheel and buttons zoom, a drag moves, and Fit shows all again', async () => {
      const transform = () => page.locator('#world').getAttribute('transform');
      const scale = async () => Number(/scale\((.+)\)/.exec((await transform()) ?? '')?.[1]);
      const before = await scale();
      await page.mouse.move(400, 300);
      await page.mouse.wheel(0, -240);
      await page.waitForFunction(
        (k) => !document.querySelector('#world')?.getAttribute('transform')?.includes(`(${k})`),
        before,
      );
      const closer = await scale();
      expect(closer).toBeGreaterThan(before);
      await page.click('#farther');
      expect(await scale()).toBeLessThan(closer);
      const still = await transform();
      await page.mouse.move(30, 30);
      await page.mouse.down();
      await page.mouse.move(90, 70, { steps: 4 });
      await page.mouse.up();
      expect(await transform()).not.toBe(still);
      await page.click('#whole');
      expect(await scale()).toBeCloseTo(before);
    });

    test('a kind can be taken out of the picture', async () => {
      const button = page.locator('#legend button').first();
      const count = Number(/\d+$/.exec(await button.innerText())?.[0]);
      await button.click();
      expect(await page.locator('.node.hidden').count()).toBe(count);
      await button.click();
      expect(await page.locator('.node.hidden').count()).toBe(0);
    });

    test('nothing was asked of the network, and nothing went wrong', () => expect(troubles).toEqual([]));
  },
);
