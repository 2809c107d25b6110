import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';
import { LanguageTally, languageAmong } from './document-languages.ts';

const SENTENCES: Record<string, string> = {
  en: 'The keeper closes the lower road until the water falls.',
  de: 'Der Wärter schließt die untere Straße, bis das Wasser fällt.',
  fr: 'Le gardien ferme la route basse jusqu’à ce que l’eau redescende.',
  es: 'El guardián cierra el camino bajo hasta que el agua baja.',
  it: 'Il guardiano chiude la strada bassa finché l’acqua non scende.',
  pt: 'O guarda fecha a estrada de baixo até que a água desça outra vez.',
  nl: 'De brugwachter sluit de lage weg tot het water weer zakt.',
  sv: 'Brovakten stänger den nedre vägen tills vattnet sjunker igen.',
  da: 'Brovagten lukker den nederste vej, indtil vandet falder igen.',
  fi: 'Sillanvartija sulkee alemman tien, kunnes vesi taas laskee.',
  pl: 'Strażnik mostu zamyka dolną drogę, dopóki woda znów nie opadnie.',
  cs: 'Strážce mostu zavírá dolní cestu, dokud voda zase neklesne.',
  hu: 'A hídőr lezárja az alsó utat, amíg a víz újra le nem apad.',
  ro: 'Paznicul podului închide drumul de jos până când apa scade din nou.',
  ru: 'Сторож моста закрывает нижнюю дорогу, пока вода снова не спадёт.',
  uk: 'Сторож мосту закриває нижню дорогу, поки вода знову не спаде.',
  bg: 'Пазачът на моста затваря долния път, докато водата спадне отново.',
  el: 'Ο φύλακας της γέφυρας κλείνει τον κάτω δρόμο.',
  tr: 'Köprü bekçisi su yeniden çekilene kadar alttaki yolu kapatır.',
  ar: 'يغلق حارس الجسر الطريق السفلي حتى ينخفض الماء من جديد.',
  fa: 'نگهبان پل جاده پایین را می‌بندد تا آب دوباره پایین برود.',
  he: 'שומר הגשר סוגר את הדרך התחתונה עד שהמים יורדים שוב.',
  hi: 'पुल का रखवाला नीचे की सड़क तब तक बंद रखता है जब तक पानी न उतरे।',
  zh: '守桥人关闭下面的道路，直到水再次退去。',
  ja: '橋の番人は水が引くまで下の道を閉める。',
  ko: '다리지기는 물이 다시 빠질 때까지 아랫길을 닫는다.',
  th: 'คนเฝ้าสะพานปิดถนนสายล่างจนกว่าน้ำจะลดลงอีกครั้ง',
  vi: 'Người gác cầu đóng con đường phía dưới cho đến khi nước lại rút.',
  id: 'Penjaga jembatan menutup jalan bawah sampai air surut kembali.',
};

describe('detectLanguage', () => {
  it.each(Object.entries(SENTENCES))('tells %s from one sentence', async (language, sentence) => {
    expect(await detectLanguage(sentence)).toMatchObject({ language });
  });

  it.each(['', '   ', '42', '!?', 'ok'])('recognises no language in "%s"', async (text) => {
    expect(await detectLanguage(text)).toBeUndefined();
  });

  it('takes Chinese with a Japanese name in it for Chinese', async () => {
    const text = '守桥人关闭下面的道路，直到水再次退去。'.repeat(4);
    expect(await detectLanguage(`${text}の`)).toMatchObject({ language: 'zh' });
  });
});

async function languagesOf(texts: readonly string[]): Promise<string[]> {
  const tally = new LanguageTally();
  for (const text of texts) await tally.add(text);
  return tally.languages();
}

describe('the languages of a document', () => {
  it('are named from the most frequent to the least', async () => {
    const { de = '', fr = '', zh = '' } = SENTENCES;
    expect(await languagesOf([fr, de, de, de, fr, `${zh}${zh}${zh}`.slice(0, 50)])).toEqual(['de', 'fr', 'zh']);
  });

  it('leave out a language of a few words in a long document', async () => {
    const { de = '', it = '' } = SENTENCES;
    expect(await languagesOf([...Array.from({ length: 99 }, () => de), it])).toEqual(['de']);
  });

  it('are guessed from short texts if there are no longer ones', async () => {
    expect(await languagesOf(['Die alte Brücke', 'Das Wasser'])).toEqual(['de']);
  });
});

describe('the language of a part', () => {
  it.each([
    { rule: 'is identified among those of the document', among: ['en', 'de'], text: SENTENCES['de'], is: 'de' },
    { rule: 'is that of the document if the part is short', among: ['da', 'en'], text: 'Kapitel 2', is: 'da' },
    { rule: 'is no neighbour of the document’s language', among: ['da'], text: SENTENCES['sv'], is: 'da' },
    { rule: 'is none if the script is foreign to the document', among: ['de'], text: SENTENCES['zh'], is: undefined },
    { rule: 'is one that fits the script', among: ['zh', 'en'], text: SENTENCES['de'], is: 'en' },
  ])('$rule', async ({ among, text = '', is }) => {
    expect(await languageAmong(among, text)).toBe(is);
  });
});
