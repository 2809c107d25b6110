import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunker, chunksOf, type Chunk } from './chunker.ts';
import type { Section } from '../reading/section.ts';

const withoutWhiteSpace = (text: string) => text.replace(/\s+/g, '');

/** Text with words, sentence ends, paragraphs, long runs without spaces, and characters of two UTF-16 units. */
const textArbitrary = fc
  .array(
    fc.oneof(
      fc.constantFrom(' ', '. ', '\n', '\n\n', '! "', '😀', '。'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
    {
      maxLength: 120,
    },
  )
  .map((parts) => parts.join(''));

const sectionsArbitrary = fc
  .array(
    fc.record({ page: fc.integer({ min: 1, max: 9 }), heading: fc.string({ maxLength: 20 }), text: textArbitrary }),
    {
      maxLength: 8,
    },
  )
  .map((sections): Section[] => sections.sort((left, right) => left.page - right.page));

/** Hyphens that divide a word at a page's end are dropped. */
const plain = (text: string) => withoutWhiteSpace(text).replace(/[-\u00ad\u2010]/g, '');

const settingsArbitrary = fc.record({
  chunkSize: fc.integer({ min: 4, max: 300 }),
  overlap: fc.double({ min: 0, max: 0.5, noNaN: true }),
});

const chunksOfText = (text: string, chunkSize: number, overlap = 0) => [
  ...chunksOf([{ page: 1, text }], { chunkSize, overlap }),
];
const cut = (text: string, chunkSize: number, overlap = 0) =>
  chunksOfText(text, chunkSize, overlap).map((chunk) => chunk.text);
/** A chunk's text without the part that the chunk before contains. */
const fresh = ({ text, overlap = 0 }: Chunk) => text.slice(overlap);

describe('chunksOf', () => {
  it('loses only white space, for any text and size: without the repetitions, the chunks are the text', () => {
    fc.assert(
      fc.property(sectionsArbitrary, settingsArbitrary, (sections, settings) => {
        const before = sections.map((section) => section.text).join('');
        const after = [...chunksOf(sections, settings)].map(fresh).join('');
        expect(plain(after)).toBe(plain(before));
      }),
    );
  });

  it('repeats the end of the chunk before, up to the given share', () => {
    fc.assert(
      fc.property(sectionsArbitrary, settingsArbitrary, (sections, settings) => {
        const chunks = [...chunksOf(sections, settings)];
        for (const [index, { text, overlap = 0 }] of chunks.entries()) {
          expect(overlap).toBeLessThanOrEqual(settings.chunkSize * settings.overlap);
          if (overlap > 0) expect(chunks[index - 1]?.text.endsWith(text.slice(0, overlap))).toBe(true);
        }
      }),
    );
  });

  it('makes no chunk that is empty, longer than the size, or a mere repetition', () => {
    fc.assert(
      fc.property(sectionsArbitrary, settingsArbitrary, (sections, settings) => {
        for (const chunk of chunksOf(sections, settings)) {
          expect(fresh(chunk).trim()).not.toBe('');
          expect(chunk.text.length).toBeLessThanOrEqual(settings.chunkSize);
          expect(chunk.text).toBe(chunk.text.trim());
        }
      }),
    );
  });

  it('numbers chunks from 0 on, with pages that never go back', () => {
    fc.assert(
      fc.property(sectionsArbitrary, settingsArbitrary, (sections, settings) => {
        const chunks = [...chunksOf(sections, settings)];
        expect(chunks.map((chunk) => chunk.ordinal)).toEqual(chunks.map((_, index) => index));
        const pages = chunks.flatMap(({ page, lastPage = page }) => [page, lastPage]);
        for (const { page, lastPage = page } of chunks) expect(lastPage).toBeGreaterThanOrEqual(page);
        expect(Math.max(0, ...pages)).toBeLessThanOrEqual(9);
        const firstPages = chunks.map(({ page }) => page);
        expect(firstPages).toEqual(firstPages.toSorted((left, right) => left - right));
      }),
    );
  });

  it('gives the page of every word', () => {
    const pagesArbitrary = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 30 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(pagesArbitrary, settingsArbitrary, (steps, { chunkSize, overlap }) => {
        let page = 1;
        const sections = steps.map(([step, words]): Section => {
          page += step;
          return { page, text: Array.from({ length: words }, (_, index) => `p${page}w${index}`).join(' ') };
        });
        for (const chunk of chunksOf(sections, { chunkSize: chunkSize + 8, overlap })) {
          const starts = [0, ...(chunk.pageStarts ?? []), chunk.text.length];
          expect(chunk.lastPage ?? chunk.page).toBe(chunk.page + starts.length - 2);
          for (let index = 0; index + 1 < starts.length; index += 1) {
            const text = chunk.text.slice(starts[index], starts[index + 1]);
            for (const [, found] of text.matchAll(/p(\d+)w/g)) expect(Number(found)).toBe(chunk.page + index);
          }
        }
      }),
    );
  });

  it('keeps sentences whole that the reader has divided over sections', () => {
    const words = Array.from({ length: 400 }, (_, index) => `Sentence ${index} speaks about one thing.`).join(' ');
    const parts = words.match(/(?:\S+\s*){1,7}/g) ?? [];
    const sections = parts.map((text) => ({ page: 1, text }));
    const chunks = [...chunksOf(sections, { chunkSize: 300 })];
    for (const { text } of chunks) expect(text).toMatch(/^Sentence [^]* thing\.$/);
    expect(withoutWhiteSpace(chunks.map(fresh).join(''))).toBe(withoutWhiteSpace(words));
  });

  it('keeps the heading, the path to it and the page of the section that a chunk comes from', () => {
    const sections = [
      { page: 1, heading: 'One', headingPath: ['Book'], text: 'alpha' },
      { page: 2, text: 'beta' },
    ];
    expect([...chunksOf(sections, { chunkSize: 100 })]).toEqual([
      { ordinal: 0, page: 1, heading: 'One', headingPath: ['Book'], text: 'alpha' },
      { ordinal: 1, page: 2, text: 'beta' },
    ]);
  });
});

describe('a cut', () => {
  it('is made at the end of a paragraph, else of a sentence, else of a line or clause, else of a word', () => {
    expect(cut('First paragraph is here.\n\nSecond one. And more of it.', 40)).toEqual([
      'First paragraph is here.',
      'Second one. And more of it.',
    ]);
    expect(cut('The first sentence ends here. The second goes on.', 40)).toEqual([
      'The first sentence ends here.',
      'The second goes on.',
    ]);
    expect(cut('a line of words\nanother line of words\na third line of words', 44)).toEqual([
      'a line of words\nanother line of words',
      'a third line of words',
    ]);
    expect(cut('a long clause comes first, and another one follows it', 40)).toEqual([
      'a long clause comes first,',
      'and another one follows it',
    ]);
    expect(cut('words without any end that go on and on and on', 40)).toEqual([
      'words without any end that go on and on',
      'and on',
    ]);
  });

  it('leaves sentences whole, however short the chunk before becomes', () => {
    const long = `A sentence of ${'many '.repeat(14)}words.`;
    expect(cut(`Short. ${long} End.`, 90)).toEqual(['Short.', `${long} End.`.slice(0, long.length), 'End.']);
  });

  it.each([
    ['a title', 'We asked Dr. Brown about the bridge. She answered at once.'],
    ['an initial', 'It was written by J. K. Rowling in a café. She liked it.'],
    ['a Latin one', 'Some tools, e.g. Hammers and saws, are kept here. Others are not.'],
    ['a reference', 'The result is shown in Fig. 3 of the report. It is plain.'],
    ['a German one', 'Die Brücke ist z.B. Fußgängern erlaubt, vgl. Abb. 4 im Anhang. Sonst nicht.'],
    ['a German date', 'Sie wurde am 3. Oktober wieder geöffnet. Alle kamen.'],
    ['a Russian one', 'Он родился в 1901 г. Москва была другой, см. рис. 2 ниже. Потом всё изменилось.'],
  ])('is not made behind an abbreviation: %s', (_what, text) => {
    expect(cut(text, text.length - 2)).toHaveLength(2);
    expect(cut(text, text.length - 2)[0]).toBe(text.slice(0, text.lastIndexOf('. ') + 1));
  });

  it.each([
    ['Chinese', '环境保护条例已经公布。守桥人关闭下面的道路。水退去以后再开放。', /。$/],
    ['Japanese', '橋の番人は下の道を閉じる。水が引くまで待つ。夏になれば開ける。', /。$/],
    ['Hindi', 'पुराने पुलों के पास पानी बढ़ता है। नदी धीरे बहती है। लोग देखते हैं।', /।$/],
    ['Arabic', 'هل فتح الجسر؟ نعم فتح صباحا. عاد الناس إلى المدينة القديمة.', /[؟.]$/],
  ])('is made at the end of a sentence in %s', (_language, text, end) => {
    const chunks = cut(text, text.length - 2);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(chunk).toMatch(end);
  });

  it.each([
    ['Chinese without marks', '环境保护条例'.repeat(200), 100],
    ['Thai', 'สะพานเก่าข้ามแม่น้ำถูกปิดจนกว่าน้ำจะลด'.repeat(40), 100],
    ['Khmer', 'ស្ពានចាស់ឆ្លងកាត់ទន្លេត្រូវបានបិទ'.repeat(40), 100],
    ['a line of base64', 'QmFzZTY0'.repeat(400), 100],
    ['emoji', '👩‍👩‍👧‍👦'.repeat(100), 100],
  ])('is made in text without white space: %s', (_what, text, chunkSize) => {
    const chunks = chunksOfText(text, chunkSize, 0.15);
    expect(chunks.map(fresh).join('')).toBe(text);
    expect(chunks.every(({ text: { length } }) => length <= chunkSize && length >= chunkSize / 4)).toBe(true);
    const clusters = new Set(Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment));
    for (const chunk of chunks) {
      for (const { segment } of new Intl.Segmenter().segment(chunk.text)) expect(clusters).toContain(segment);
    }
  });

  it('never divides a character of two UTF-16 units', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), (chunkSize) => {
        for (const text of cut('😀'.repeat(100), chunkSize, 0.15)) expect(text).toMatch(/^(😀)+$/u);
      }),
    );
  });
});

describe('an overlap', () => {
  it('is made of whole sentences', () => {
    const sentences = Array.from({ length: 60 }, (_, index) => `Sentence ${index} is about a bridge.`);
    const chunks = chunksOfText(sentences.join(' '), 400, 0.15);
    for (const { text, overlap = 0 } of chunks.slice(1)) {
      expect(text.slice(0, overlap)).toMatch(/^Sentence \d+ is about a bridge\.$/);
    }
  });

  it('consists of words after a cut sentence, so that a phrase across the cut is found', () => {
    const text = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');
    const chunks = cut(text, 200, 0.15);
    for (let index = 0; index + 1 < 400; index += 1) {
      expect(chunks.some((chunk) => chunk.includes(`word${index} word${index + 1}`))).toBe(true);
    }
  });

  it('is empty if the share is 0 or the last sentence is longer than the share', () => {
    const text = 'A rather long sentence about the bridge over the river. '.repeat(30).trim();
    expect(chunksOfText(text, 300, 0).some(({ overlap }) => overlap !== undefined)).toBe(false);
    expect(chunksOfText(text, 300, 0.15).some(({ overlap }) => overlap !== undefined)).toBe(false);
  });

  it('does not reach over a heading', () => {
    const sections = [
      { page: 1, heading: 'One', text: 'The end of one.' },
      { page: 1, heading: 'Two', text: 'The beginning of two.' },
    ];
    const texts = [...chunksOf(sections, { chunkSize: 100, overlap: 0.5 })].map(({ text }) => text);
    expect(texts).toEqual(['The end of one.', 'The beginning of two.']);
  });
});

describe('a page border', () => {
  const over = (first: string, second: string, page = 2) => [
    ...chunksOf(
      [
        { page: 1, text: first },
        { page, text: second },
      ],
      { chunkSize: 200 },
    ),
  ];

  it('does not divide a sentence: the chunk says where the next page begins', () => {
    expect(over('It began with a quick', 'brown fox.')).toEqual([
      { ordinal: 0, page: 1, lastPage: 2, pageStarts: [22], text: 'It began with a quick\nbrown fox.' },
    ]);
  });

  it('joins a word that a hyphen divides there, and text without spaces', () => {
    expect(over('A good exam-', 'ple it is.')[0]).toMatchObject({ text: 'A good example it is.', pageStarts: [11] });
    expect(over('环境保', '护条例')[0]).toMatchObject({ text: '环境保护条例', pageStarts: [3] });
    expect(over('A good -', 'But bad.')[0]).toMatchObject({ text: 'A good -\nBut bad.' });
  });

  it('is a border if a picture or many pages lie between', () => {
    expect(over('One.', 'Three.', 3)).toMatchObject([{ page: 1, lastPage: 3, pageStarts: [6, 6] }]);
    expect(over('One.', 'Far away.', 1_000_000)).toEqual([
      { ordinal: 0, page: 1, text: 'One.' },
      { ordinal: 1, page: 1_000_000, text: 'Far away.' },
    ]);
  });
});

it('holds a bounded part of the text, however it comes', () => {
  const chunker = new Chunker({ chunkSize: 400 });
  let [added, given] = [0, 0];
  for (let index = 0; index < 5_000; index += 1) {
    const text = index % 2 === 0 ? 'x'.repeat(97) : 'no end of a sentence here';
    added += text.length;
    for (const chunk of chunker.add({ page: 1, text })) given += fresh(chunk).length;
    expect(added - given).toBeLessThan(20_000);
  }
});
