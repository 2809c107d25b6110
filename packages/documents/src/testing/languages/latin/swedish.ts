import type { LanguageSample } from '../language-sample.ts';

export const swedish: LanguageSample = {
  language: 'sv',
  name: 'Swedish',
  title: 'Anteckningar från skärgården',
  paragraphs: [
    {
      text: 'Älven börjar i fjällen och är iskall långt in i juli. Förr flottades timmer ända ner till kusten, och i forsen nedanför kvarnen kan man ännu se järnringarna där flottarna knöt sina rep.',
      word: 'timmer',
      inflected: 'kvarn',
    },
    {
      text: 'Till ett rågbröd behövs surdeg, mjöl och en lång natt. Bagaren knådar degen vid skymningen, låter den jäsa i en träbunke och gräddar limporna medan byn ännu sover.',
      word: 'träbunke',
      inflected: 'limpa',
    },
    {
      text: 'Här är tidvattnet knappt en handsbredd, men vinden flyttar havet desto mer. Efter en storm ligger tången i högar på stranden, och barnen letar bärnsten bland snäckor och drivved.',
      word: 'bärnsten',
      inflected: 'snäcka',
    },
    {
      text: 'Bron över sundet ersatte en färja som ingen saknade förrän den var borta. Pylonerna är höga som katedraler, kablarna sjunger i blåst, och falkar häckar på en hylla nära toppen.',
      word: 'kablarna',
      inflected: 'falk',
    },
    {
      text: 'Biodlaren går ut när lindarna blommar. Hon lyfter ramarna, skrapar bort vax, letar efter drottningen och antecknar vikten; kuporna målar hon gula, eftersom bina tycks hitta hem lättare då.',
      word: 'drottningen',
      inflected: 'kupa',
    },
    {
      text: 'Fyrvaktaren skrev loggbok i fyrtio år. Där står dimma, sjögång och is, men också hur en säl brukade följa hans roddbåt och hur han lärde sig spela dragspel av ett gammalt häfte.',
      word: 'säl',
      inflected: 'roddbåtar',
    },
    {
      text: 'På torget säljs nyrökt sik och svarta vinbär om lördagarna. En korgmakare flätar medan han pratar, knivsliparen låter gnistorna yra, och till kaffet bjuds det alltid på bullar.',
      word: 'korgmakare',
      inflected: 'gnista',
    },
    {
      text: 'Biblioteket lånar ut böcker, skidor och en symaskin. Kikaren är mest efterfrågad i april, när tranorna sträcker norrut och halva byn står på kullen bakom kyrkan.',
      word: 'kikaren',
      inflected: 'trana',
    },
    {
      text: 'Rallarna byggde banan genom myrarna med spade och skottkärra. I dag går här en rälsbuss om dagen, och konduktören stannar gärna om någon ser en älg mellan tallarna.',
      word: 'rälsbuss',
      inflected: 'tall',
    },
    {
      text: 'Äppelträdet beskärs innan saven stiger. Ta bort grenar som skaver mot varandra, låt ljuset nå in i kronan och spara de korta sporrarna, för det är där frukten kommer.',
      word: 'ljuset',
      inflected: 'gren',
    },
    {
      text: 'Urmakaren vid hamnen lagar bara ur med fjäder. Han rengör kugghjulen i bensin, smörjer med en nål och låter verket gå på hyllan i tio dagar innan kunden får komma.',
      word: 'bensin',
      inflected: 'kugghjul',
    },
    {
      text: 'Salt var dyrare än smör på ön. Skutorna hämtade det i söder, bönderna bytte till sig en tunna mot torkad fisk, och hustrun räknade kornen när strömmingen skulle läggas ner.',
      word: 'torkad',
      inflected: 'tunnor',
    },
  ],
};
