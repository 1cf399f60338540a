import { expect, test } from 'vitest';
import { markdownParser } from '../../src/parse/markdown.ts';
import { wikiFields } from '../../src/parse/wiki-links.ts';
import { parseBytes } from './parse-bytes.ts';

test('links, what is shown and tags of a note are read without labels, headings and blocks', () => {
  expect(
    wikiFields(
      'See [[Plans|the plans]], [[Home#Aims]], [[Home#^block]] and ![[chart.png|200]]. #area/rivers (#Müll) a#b #12',
    ),
  ).toEqual({ links: ['Plans', 'Home'], embeds: ['chart.png'], tags: ['area/rivers', 'Müll'] });
});

test('code holds no links and no tags, and a text without links has no fields', () => {
  expect(wikiFields('```sh\nif [[ -f x ]]; then #no\n```\nand `[[x]]` #word')).toBeNull();
  expect(wikiFields('# Heading\n\n#word [[]]')).toBeNull();
  expect(wikiFields('#word')).toBeNull();
});

test('a note has its tags from both places, its aliases, and its lines where they are', async () => {
  const { tags, metadata, text, firstLine } = await parseBytes(
    markdownParser,
    '---\naliases: [Otters]\ntags: [animal, river]\n---\n# Otter\n\nLives with the [[Beaver|beavers]]. #river #wild',
  );
  expect(tags).toEqual(['animal', 'river', 'wild']);
  expect(metadata).toMatchObject({ aliases: ['Otters'], links: ['Beaver'] });
  expect([text.split('\n')[0], firstLine]).toEqual(['# Otter', 5]);
});
