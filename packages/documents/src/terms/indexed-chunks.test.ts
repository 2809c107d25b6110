import { randomUUID } from 'node:crypto';
import { createTestDatabase, type TestDatabase } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from '../database/document-database.ts';
import { migrateDocuments } from '../database/migrate-documents.ts';
import { documentLanguages } from '../languages/document-languages.ts';
import { Stemmer } from '../languages/stemmer.ts';
import { indexedChunks } from './indexed-chunks.ts';
import { insertChunks } from './insert-chunks.ts';
import { exactLexeme, quoteLexeme, SEARCH_VERSION, stemLexeme } from './lexemes.ts';
import { accentedForm } from './normalize.ts';
import { ownerKey } from './hashes.ts';
import { questionTokens } from './tokenize.ts';

let scratch: TestDatabase;
let database: DocumentDatabase;
let stemmer: Stemmer;

beforeAll(async () => {
  scratch = await createTestDatabase();
  await migrateDocuments(scratch);
  database = createDocumentDatabase({ connectionString: scratch.databaseUrl });
  stemmer = new Stemmer(database);
});

afterAll(async () => {
  await database.$disconnect();
  await scratch.drop();
});

async function* once<Item>(item: Item): AsyncGenerator<Item, void> {
  yield await Promise.resolve(item);
}

/**
 * Stores texts as the chunks of a document.
 * @returns its id and languages.
 */
async function store(texts: readonly string[]): Promise<{ documentId: string; languages: string[] }> {
  const chunks = texts.map((text, ordinal) => ({ ordinal, page: 1, text }));
  const languages = await documentLanguages(once(chunks));
  const row = { fileName: 'a.txt', mediaType: 'text/plain', pages: 1, characters: 1, languages, warnings: [] };
  const { id: documentId } = await database.document.create({ data: { ownerId: 'ada', id: randomUUID(), ...row } });
  const rows = await indexedChunks(chunks, { ownerId: 'ada', languages, stemmer });
  await insertChunks(
    database,
    rows.map((chunk) => ({ ...chunk, documentId })),
  );
  return { documentId, languages };
}

/** Whether a word of a question finds a chunk of the document, as typed or by its stems. */
async function finds(
  { documentId, languages }: { documentId: string; languages: readonly string[] },
  word: string,
): Promise<boolean> {
  const key = ownerKey('ada');
  const accented = accentedForm(word);
  const stemsIn = await stemmer.stems(languages.map((language) => ({ language, words: [accented] })));
  const exact = questionTokens(word).map(({ form }) => quoteLexeme(exactLexeme(key, form)));
  const stems = languages.flatMap((language) =>
    stemsIn(language, accented).map((stem) => quoteLexeme(stemLexeme(key, language, stem))),
  );
  const query = [exact.join(' <-> '), ...stems].join(' | ');
  const rows = await database.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "DocumentChunk"
    WHERE "documentId" = ${documentId}::uuid AND search @@ ${query}::tsquery`;
  return (rows[0]?.count ?? 0) > 0;
}

describe('a word is found in another form', () => {
  it.each([
    ['en', 'The beekeeper watched the bridges while the rivers were rising.', ['bridge', 'watching', 'river', 'rises']],
    ['de', 'Die Straßenbahnen fuhren langsam über die Brücken der alten Häuser.', ['Straßenbahn', 'Brücke', 'Haus']],
    ['fr', 'Le modèle nécessite beaucoup de données sur les rivières.', ['modèles', 'necessiter', 'RIVIERE']],
    ['es', 'Las canciones del año pasado necesitan nuevos músicos y guitarras.', ['canción', 'cancion', 'guitarra']],
    ['ru', 'Город опубликовал новые правила охраны окружающей среды.', ['правило', 'охрана', 'окружающая']],
    ['ar', 'أعلنت المدينة لوائح جديدة عن المكتبات العامة والكتاب المفتوح.', ['مدينة', 'مكتبة']],
    ['pl', 'Pszczelarz ogląda mosty nad rzekami, kiedy woda opada wieczorem.', ['most', 'rzeka', 'wieczór']],
    ['cs', 'Včelař sleduje staré mosty nad řekami, když voda večer klesá.', ['most', 'řeka', 'starý']],
    ['uk', 'Бджоляр дивиться на старі мости над річками, коли вода спадає ввечері.', ['річка', 'старий']],
    ['he', 'הספרים על הגשרים הישנים נמצאים בספרייה של העיר הגדולה.', ['ספר', 'גשר', 'ספרייה']],
    ['hi', 'पुराने पुलों के पास नदियों का पानी धीरे धीरे बढ़ता है।', ['नदी', 'पुल']],
    ['tr', 'Arıcı nehirlerin üzerindeki eski köprüleri akşamları izliyor.', ['nehir', 'köprü', 'kopru']],
    ['fi', 'Mehiläishoitaja katseli vanhoja siltoja jokien yllä illalla.', ['ilta', 'illan']],
    ['ar', 'قرأ الطالب الرسالة والكتاب في المكتبة القديمة عند النهر.', ['كتاب', 'الكتاب']],
    [
      'pl',
      'Gołębie usiadły na gałęzi obok piekarni, a piekarz, który wstał przed świtem, niósł bochenki chleba.',
      ['gołąb', 'gałąź', 'bochenek'],
    ],
    ['cs', 'Ptáci usedli na větve nad pekárnou a pekař nesl bochníky chleba.', ['větev', 'bochník', 'pták']],
    ['uk', 'Кондуктор перевіряв квитки у вагоні, а пасажири дивилися на ріку.', ['квиток', 'пасажир']],
    ['he', 'הילדים אכלו שקדים ליד הרשתות הישנות של הדייגים בנמל.', ['שקד', 'רשת', 'דייג']],
  ])('in %s', async (language, text, words) => {
    const stored = await store([text]);
    expect(stored.languages).toEqual([language]);
    for (const word of words) expect([word, await finds(stored, word)]).toEqual([word, true]);
    expect(await finds(stored, 'zirconite')).toBe(false);
  });
});

describe('indexedChunks', () => {
  it('gives each chunk of a mixed document its own language', async () => {
    const { documentId, languages } = await store([
      'The bridge keeper closes the lower road until the water falls again.',
      'Die Brücke wird geschlossen, bis das Wasser im Frühling wieder gefallen ist.',
      '守桥人关闭下面的道路，直到水再次退去。',
      'The bridge keeper opens the road again when the summer has come.',
    ]);
    expect(new Set(languages)).toEqual(new Set(['en', 'de', 'zh']));
    const rows = await database.documentChunk.findMany({ where: { documentId }, orderBy: { ordinal: 'asc' } });
    expect(rows.map(({ language }) => language)).toEqual(['en', 'de', 'zh', 'en']);
    expect(rows.every(({ searchVersion }) => searchVersion === SEARCH_VERSION)).toBe(true);
  });

  it('takes a chunk of few words for the language of its document', async () => {
    const { documentId } = await store([
      'Die Brücke wird geschlossen, bis das Wasser im Frühling wieder gefallen ist.',
      'Kapitel 2',
      '17',
    ]);
    const rows = await database.documentChunk.findMany({ where: { documentId } });
    expect(rows.map(({ language }) => language)).toEqual(['de', 'de', 'de']);
  });

  it('indexes text that is in no language', async () => {
    const stored = await store(['0x80070005 4711', '!!!', '']);
    expect(stored.languages).toEqual([]);
    expect(await finds(stored, '4711')).toBe(true);
  });
});
