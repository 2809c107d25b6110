import type { LanguageSample } from '../language-sample.ts';

export const dutch: LanguageSample = {
  language: 'nl',
  name: 'Dutch',
  title: 'Aantekeningen achter de dijk',
  paragraphs: [
    {
      text: 'De rivier heeft hier meer ruimte gekregen dan vroeger. Als het water in het voorjaar stijgt, lopen de uiterwaarden vol, staan de wilgen tot hun knieën nat en verhuizen de koeien naar de hoge weide.',
      word: 'wilgen',
      inflected: 'koe',
    },
    {
      text: 'Voor een stevig brood neemt de bakker volkoren meel en een lepel honing. Het deeg rust onder een vochtige doek, rijst langzaam in de kelder en gaat pas in de oven als de merels beginnen te fluiten.',
      word: 'kelder',
      inflected: 'merel',
    },
    {
      text: 'Bij eb vallen de zandbanken droog en gaan de zeehonden liggen zonnen. Wie naar het eiland wil lopen, huurt een gids, draagt hoge schoenen en keert om zodra de geul sneller begint te stromen.',
      word: 'gids',
      inflected: 'zeehond',
    },
    {
      text: 'De ophaalbrug wordt nog met de hand bediend. De brugwachter draait aan een wiel, het dek gaat krakend omhoog, en de schippers gooien een muntje in de klomp die hij aan een hengel laat zakken.',
      word: 'klomp',
      inflected: 'schipper',
    },
    {
      text: 'De imker zet zijn kasten tussen het koolzaad. Hij controleert de raten, telt de darren en wacht met slingeren tot de honing dik is; wat de bijen zelf nodig hebben, blijft in de onderste bak.',
      word: 'darren',
      inflected: 'raat',
    },
    {
      text: 'De vuurtorenwachter schreef elke nacht de stand van de barometer op. In zijn schriften staan ook schetsen van wolken, en een lijst van flessen die aanspoelden met een brief erin.',
      word: 'wolken',
      inflected: 'schets',
    },
    {
      text: 'Op dinsdag is het markt. De kaasboer laat proeven, een vrouw verkoopt tulpenbollen uit kratten, en bij de haringkar staat de langste rij, ook als het pijpenstelen regent.',
      word: 'tulpenbollen',
      inflected: 'krat',
    },
    {
      text: 'In de bibliotheek kun je ook gereedschap lenen. De ladder is altijd weg, de boormachine meestal, maar de schaatsen blijven liggen tot de sloten dichtvriezen en iedereen ze tegelijk wil.',
      word: 'boormachine',
      inflected: 'sloot',
    },
    {
      text: 'Het stoomtreintje rijdt op zondag langs het kanaal. De stoker gooit kolen op het vuur, de machinist fluit voor elke overweg, en aan het eindpunt wacht een bord met warme wafels.',
      word: 'overweg',
      inflected: 'wafel',
    },
    {
      text: 'Een appelboom snoei je in de winter. Haal de takken weg die elkaar raken, houd de kroon open voor het licht en laat de korte vruchtspruiten zitten, want daaraan hangt de oogst van volgend jaar.',
      word: 'licht',
      inflected: 'tak',
    },
    {
      text: 'De klokkenmaker werkt met een loep en veel geduld. Hij poetst de tandwielen met een zacht penseel, vervangt een versleten veer en luistert een hele week naar het tikken voordat hij tevreden is.',
      word: 'penseel',
      inflected: 'veren',
    },
    {
      text: 'Zout kwam vroeger uit veen dat met zeewater doordrenkt was. Men droogde de turf, verbrandde hem en kookte de as uit in ketels; het overgebleven zout ging in tonnen naar de haringvissers.',
      word: 'ketels',
      inflected: 'ton',
    },
  ],
};
