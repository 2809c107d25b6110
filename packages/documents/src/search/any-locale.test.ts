import { randomUUID } from 'node:crypto';
import { createDatabase, migrateDatabase, type Database } from '@taskwire/db';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createDocumentDatabase, type DocumentDatabase } from '../database/document-database.ts';
import { migrateDocuments } from '../database/migrate-documents.ts';
import { storeDocument } from '../testing/store-document.ts';
import { DocumentFinder } from './search-documents.ts';

/** Texts, and words of them as people type them: NFC and NFD, with and without accents, in any case. */
const TEXTS: readonly { text: string; words: readonly string[] }[] = [
  {
    text: 'He called it a “breakthrough” — nobody believed it. ‘Silent Rivers’… Dashes–everywhere—here. 5\u00a0kg of butter. C’était l’automne.',
    words: [
      'breakthrough',
      'BREAKTHROUGH',
      'rivers',
      'everywhere',
      'here',
      'butter',
      'automne',
      'l’automne',
      "C'était",
    ],
  },
  {
    text: 'Die Donaudampfschifffahrtsgesellschaft veröffentlichte „neue Regeln“ für Häuser. Die Straßenbahnen fuhren über die Brücke.',
    words: [
      'veröffentlichte',
      'veroffentlichte',
      'Häuser',
      'Haus',
      'Straßenbahn',
      'strassenbahnen',
      'STRASSENBAHNEN',
      'Regel',
      'Brücken',
    ],
  },
  {
    text: 'Le modèle nécessite beaucoup de données : l’œuvre, c’est-à-dire le cœur naïf de « nouvelles règles ».',
    words: ['modèle', 'modele', 'données', 'oeuvre', 'Œuvre', 'coeur', 'naïf', 'naif', 'règle', 'c’est-à-dire'],
  },
  {
    text: '¿Qué pasó con la canción del año pasado? ¡Atención! El niño comió piñas.',
    words: ['Qué', 'cancion', 'canciones', 'año', 'ano', 'Atención', 'niño', 'nino', 'piñas', 'pina'],
  },
  {
    text: '«Город» опубликовал новые правила — охрана окружающей среды. Ёлка стоит у входа.',
    words: ['Город', 'ГОРОД', 'правила', 'правило', 'окружающей', 'елка', 'Ёлка'],
  },
  {
    text: 'يحتاج نموذج التعلم الآلي إلى كمية كبيرة من البيانات، مُحَمَّدٌ كتب الرسالة. ﺍﻟﻌﺮﺑﻴﺔ ﺍﻟﻛﺘﺎﺏ كتـــاب',
    words: ['البيانات', 'محمد', 'مُحَمَّدٌ', 'الآلي', 'الالي', 'العربية', 'الكتاب', 'كتاب', 'رسالة'],
  },
  {
    text: 'מודל למידת מכונה דורש כמות גדולה של נתונים – "הגנת הסביבה". שָׁלוֹם לכולם.',
    words: ['נתונים', 'הגנת', 'הסביבה', 'סביבה', 'שלום', 'שָׁלוֹם'],
  },
  {
    text: '機械学習のモデルには大量の訓練データが必要です。東京都は新しい環境保護条例を発表しました。ﾃﾞｰﾀﾍﾞｰｽ',
    words: ['機械学習', '訓練', '東京', '東京都', '条例', 'データ', 'データベース', 'ﾃﾞｰﾀﾍﾞｰｽ', '都'],
  },
  {
    text: '深度学习模型需要大量训练数据。北京市政府在二〇二四年发布了新的环境保护条例，要求所有工厂安装过滤设备。',
    words: ['环境保护条例', '环境', '保护', '北京', '二〇二四年', '过滤设备', '据'],
  },
  {
    text: '정부는 데이터가 많은 도시에서 새로운 환경 보호 조례를 발표했다.',
    words: ['데이터', '환경', '조례', '발표'],
  },
  { text: 'คนเฝ้าสะพานปิดถนนสายล่างจนกว่าน้ำจะลดลงอีกครั้ง', words: ['สะพาน', 'ถนน', 'น้ำ', 'ลดลง'] },
  { text: 'រដ្ឋាភិបាលបានប្រកាសច្បាប់ថ្មីស្តីពីបរិស្ថាន', words: ['ច្បាប់', 'បរិស្ថាន', 'ថ្មី'] },
  { text: 'पुल का रखवाला नीचे की सड़क तब तक बंद रखता है। नदियों का पानी', words: ['पुल', 'सड़क', 'नदी', 'पानी'] },
  {
    text: 'Köprü bekçisi İstanbul’da Kadıköy yolunu kapatır.',
    words: ['köprü', 'KÖPRÜ', 'istanbul', 'İSTANBUL', 'kadikoy', 'Kadıköy'],
  },
  {
    text: 'Ο φύλακας της γέφυρας του Οδυσσέα κλείνει τον δρόμο.',
    words: ['φύλακας', 'ΦΥΛΑΚΑΣ', 'φυλακας', 'γέφυρα', 'δρόμος'],
  },
  {
    text: 'cafe\u0301 Mu\u0308ller re\u0301sume\u0301 nai\u0308ve',
    words: ['café', 'cafe', 'Müller', 'muller', 'résumé', 'naive'],
  },
  {
    text: 'The variable max_connections_limit is set in /etc/postgresql/15/main/postgresql.conf. See https://example.org/docs/install-guide.html#step-3 and mail support@example.org.',
    words: [
      'max_connections_limit',
      'connections',
      'postgresql.conf',
      '/etc/postgresql/15/main/postgresql.conf',
      'https://example.org/docs/install-guide.html#step-3',
      'install-guide',
      'support@example.org',
      'example.org',
    ],
  },
  {
    text: 'Version 1.2.3-beta, part no. AB-1234/56, C++ and C# and .NET and Node.js, snake_case_name, camelCaseIdentifier, #hashtag, 3.14, -42, 10:30, IPv6 ::1, error 0x80070005.',
    words: [
      '1.2.3-beta',
      'AB-1234/56',
      'C++',
      'C#',
      '.NET',
      'Node.js',
      'snake_case_name',
      'camelCaseIdentifier',
      'identifier',
      '#hashtag',
      '3.14',
      '42',
      '10:30',
      'IPv6',
      '0x80070005',
    ],
  },
  {
    text: 'Ｆｕｌｌｗｉｄｔｈ ２０２４, zero\u200bwidth, so\u00adft\u00adhy\u00adphen, ﬁne ligature, Łódź and Tromsø',
    words: ['fullwidth', '2024', 'Ｆｕｌｌｗｉｄｔｈ', 'zerowidth', 'softhyphen', 'fine', 'Łódź', 'lodz', 'tromso'],
  },
];

/** A paragraph without a line end and without white space, longer than the longest lexeme. */
const LONG_CHINESE =
  '深度学习模型需要大量训练数据，要求所有工厂安装过滤设备。'.repeat(40) +
  '新的环境保护条例。' +
  '用户可以修改密码。'.repeat(60);

/** The words of a text as they stand, and without accents. */
function everySpelling(text: string): Set<string> {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.replaceAll('\u200b', ''))];
  const words = segments.flatMap(({ segment, isWordLike }) => (isWordLike === true ? [segment] : []));
  const plain = words.map((word) =>
    word.normalize('NFD').replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, ''),
  );
  return new Set([...words, ...plain]);
}

const LOCALES: readonly [string, string][] = [
  ['C', "LOCALE_PROVIDER libc LOCALE 'C'"],
  ['C.UTF-8', "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"],
  ['ICU (Turkish)', "LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'"],
];

describe.each(LOCALES)('in a database of the locale %s', (name, options) => {
  const databaseName = `locale_${randomUUID().replaceAll('-', '')}`;
  let admin: Database;
  let database: DocumentDatabase;
  let finder: DocumentFinder;

  beforeAll(async () => {
    admin = createDatabase({ connectionString: inject('databaseUrl') });
    await admin.$executeRawUnsafe(`CREATE DATABASE ${databaseName} TEMPLATE template0 ENCODING 'UTF8' ${options}`);
    const url = new URL(inject('databaseUrl'));
    url.pathname = databaseName;
    await migrateDatabase({ databaseUrl: url.href });
    await migrateDocuments({ databaseUrl: url.href });
    database = createDocumentDatabase({ connectionString: url.href });
    finder = new DocumentFinder(database);
    for (const [index, { text }] of TEXTS.entries()) {
      await storeDocument(database, { ownerId: 'ada', fileName: `${index}`, chunks: [{ text }] });
    }
    await storeDocument(database, { ownerId: 'eve', chunks: [{ text: LONG_CHINESE }] });
  });

  afterAll(async () => {
    await database.$disconnect();
    await admin.$executeRawUnsafe(`DROP DATABASE ${databaseName}`);
    await admin.$disconnect();
  });

  it.each(TEXTS.map(({ text, words }, index) => [text.slice(0, 30), words, index] as const))(
    'the words of “%s…” are found, typed in any form',
    async (_text, words, index) => {
      for (const word of words.flatMap((typed) => [typed.normalize('NFC'), typed.normalize('NFD')])) {
        const { hits, corrected, matched } = await finder.search({ ownerId: 'ada', query: word, limit: 50 });
        const files = hits.map(({ fileName }) => fileName);
        expect({ word, isFound: files.includes(`${index}`), corrected, matched }).toEqual({ word, isFound: true });
      }
    },
  );

  it('every word of the texts is found, with and without accents', async () => {
    const missing: string[] = [];
    // One locale gets all texts, the others a few, because the terms are made before PostgreSQL sees them.
    const texts = [...TEXTS.entries()].filter(([index]) => name === 'C' || index % 5 === 0);
    for (const [index, { text }] of texts) {
      for (const query of everySpelling(text)) {
        const { hits } = await finder.search({ ownerId: 'ada', query, limit: 50 });
        if (!hits.some(({ fileName }) => fileName === `${index}`)) missing.push(query);
      }
    }
    expect(missing).toEqual([]);
  });

  it('a word of a long text without white space is found, with a short snippet', async () => {
    const { hits } = await finder.search({ ownerId: 'eve', query: '环境保护条例', limit: 10 });
    expect(hits).toHaveLength(1);
    const snippet = hits[0]?.snippet ?? [];
    expect(snippet.map(({ text }) => text).join('').length).toBeLessThanOrEqual(310);
    expect(snippet.flatMap(({ text, match }) => (match ? [text] : [])).join('')).toBe('环境保护条例');
  });
});
