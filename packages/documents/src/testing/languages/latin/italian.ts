import type { LanguageSample } from '../language-sample.ts';

export const italian: LanguageSample = {
  language: 'it',
  name: 'Italian',
  title: 'Quaderno di un borgo',
  paragraphs: [
    {
      text: 'Il fiume nasce da un ghiacciaio e arriva in pianura già vecchio e lento. D’estate i ragazzi si tuffano dal molo di pietra, mentre d’autunno l’acqua sale fino ai pioppi e porta via le sedie dimenticate.',
      word: 'molo',
      inflected: 'pioppo',
    },
    {
      text: 'Per il pane ci vogliono farina, acqua e molta pazienza. La fornaia rinfresca il lievito la sera, impasta prima dell’alba e incide ogni pagnotta con una lama, così che la crosta si apra come un fiore.',
      word: 'lievito',
      inflected: 'pagnotte',
    },
    {
      text: 'In laguna la marea decide gli orari di tutti. Quando cala, affiorano le barene e i gabbiani cercano granchi nel fango; quando cresce, le barche dei pescatori tornano in fila, guidate dai pali.',
      word: 'gabbiani',
      inflected: 'barca',
    },
    {
      text: 'Il ponte coperto fu costruito dai falegnami del paese senza un solo chiodo. Le travi di larice si incastrano come dita, e chi lo attraversa sotto la pioggia sente il legno che scricchiola e respira.',
      word: 'larice',
      inflected: 'falegname',
    },
    {
      text: 'L’apicoltore parla piano alle sue arnie. Controlla i telaini uno a uno, segna la regina con un punto rosso e d’inverno poggia l’orecchio al legno, perché il ronzio gli dice se la famiglia è viva.',
      word: 'regina',
      inflected: 'orecchie',
    },
    {
      text: 'Il guardiano del faro annotava venti e burrasche in un registro blu. Tra le colonne di numeri compaiono anche disegni di delfini, una ricetta per la zuppa e la data in cui imparò a suonare l’ocarina.',
      word: 'delfini',
      inflected: 'disegno',
    },
    {
      text: 'Il sabato la piazza profuma di basilico e di carta. Il libraio ambulante apre le sue casse accanto al banco delle olive, l’arrotino fa scintille, e le nonne contrattano fino all’ultimo centesimo.',
      word: 'scintille',
      inflected: 'oliva',
    },
    {
      text: 'La biblioteca comunale presta libri, attrezzi e giocattoli. La cosa più richiesta è un microscopio di ottone: i bambini vi osservano ali di mosca e granelli di zucchero, poi scrivono ciò che hanno visto.',
      word: 'microscopio',
      inflected: 'granello',
    },
    {
      text: 'La ferrovia a cremagliera sale tra vigneti e gallerie. Il macchinista rallenta vicino alla cascata perché i viaggiatori possano sentire gli spruzzi, e alla stazione più alta lo aspetta sempre un caffè.',
      word: 'cascata',
      inflected: 'vigneto',
    },
    {
      text: 'Il melo va potato quando dorme. Si tolgono i rami che si toccano, si lascia entrare la luce nella chioma e si conservano i germogli corti; chi ha fretta raccoglie foglie, diceva il nonno, non frutti.',
      word: 'chioma',
      inflected: 'germoglio',
    },
    {
      text: 'L’orologiaio ha la bottega sotto la torre e ne sente ogni rintocco. Smonta le molle con pinze sottili, le immerge nell’olio e aspetta: un ingranaggio pulito, dice, racconta da solo dove fa male.',
      word: 'pinze',
      inflected: 'molla',
    },
    {
      text: 'Nelle saline si lavora quando il vento è asciutto. L’acqua passa da una vasca all’altra, diventa rosa, poi bianca, e i salinari ammucchiano con le pale montagne che di lontano sembrano tende.',
      word: 'vasca',
      inflected: 'montagna',
    },
  ],
};
