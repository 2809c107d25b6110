import type { LanguageSample } from '../language-sample.ts';

export const polish: LanguageSample = {
  language: 'pl',
  name: 'Polish',
  title: 'Zapiski z miasteczka nad wodą',
  paragraphs: [
    {
      text: 'Rzeka wypływa spod świerków i z początku mieści się w jednym korycie. Dopiero za tartakiem rozlewa się na łąki, a wiosną przynosi tyle żwiru, że bociany brodzą tam, gdzie jesienią pasły się krowy.',
      word: 'tartakiem',
      inflected: 'bocian',
    },
    {
      text: 'Dobry chleb potrzebuje mąki, wody, soli i całej nocy. Piekarka dokarmia zakwas po kolacji, o świcie formuje bochenki i wsuwa je do pieca, w którym dopalają się bukowe szczapy.',
      word: 'zakwas',
      inflected: 'bochenek',
    },
    {
      text: 'Podczas odpływu odsłania się piaszczysta ławica, na której odpoczywają foki. Rybacy zbierają sieci, dzieci szukają bursztynu wśród wodorostów, a mewy kłócą się o resztki.',
      word: 'bursztynu',
      inflected: 'sieć',
    },
    {
      text: 'Żelazny most zbudowano w ciągu dwóch zim, gdy lód był gruby. Nity rozgrzewano w przenośnym palenisku, podawano szczypcami, a kowal twierdził później, że pamięta każdy z nich.',
      word: 'palenisku',
      inflected: 'nit',
    },
    {
      text: 'Pszczelarz zagląda do uli w południe, kiedy zbieraczki są w polu. Wyjmuje ramki, sprawdza, czy matka czerwi, i zostawia dość miodu, by rodzina przetrwała do kwitnienia wierzb.',
      word: 'ramki',
      inflected: 'wierzba',
    },
    {
      text: 'Latarnik spisywał pogodę przez trzydzieści lat. W jego zeszytach mgły i sztormy sąsiadują z rysunkami ptaków, a na ostatniej stronie widnieje przepis na zupę rybną bez ryby.',
      word: 'rysunkami',
      inflected: 'zeszyt',
    },
    {
      text: 'W czwartki rynek pachnie koprem i świeżą wikliną. Koszykarz wyplata uchwyty, sprzedawczyni serów częstuje oscypkiem, a szlifierz ostrzy noże tak głośno, że gołębie uciekają na wieżę.',
      word: 'oscypkiem',
      inflected: 'gołąb',
    },
    {
      text: 'Biblioteka wypożycza również narzędzia i gry. Największą kolejkę ma teleskop, bo nad jeziorem noce są ciemne; wiertarka wraca zwykle z podziękowaniem i słoikiem ogórków.',
      word: 'jeziorem',
      inflected: 'wiertarki',
    },
    {
      text: 'Wąskotorowa kolejka sapie pod górę między bukami. Palacz dorzuca węgla, konduktor dziurkuje kartonowe bilety, a na ostatniej stacji czeka samowar i gospodyni w kraciastym fartuchu.',
      word: 'bilety',
      inflected: 'fartuch',
    },
    {
      text: 'Jabłoń przycina się, póki śpi. Usuwa się gałęzie, które się krzyżują, prześwietla koronę i oszczędza krótkopędy, bo na nich zawiążą się pąki, a z pąków owoce.',
      word: 'koronę',
      inflected: 'gałąź',
    },
    {
      text: 'Zegarmistrz poznaje usterkę po dźwięku wahadła. Rozkłada koła zębate na zielonym suknie, czyści je pędzelkiem, oliwi czopy i przez tydzień porównuje chód z własnym tętnem.',
      word: 'suknie',
      inflected: 'wahadło',
    },
    {
      text: 'Sól wydobywano tu z głębokiego szybu. Konie obracały kierat, bałwany solne ciągnięto na saniach, a górnicy rzeźbili w komorach ołtarze, żyrandole i całe sale balowe.',
      word: 'kierat',
      inflected: 'koń',
    },
  ],
};
