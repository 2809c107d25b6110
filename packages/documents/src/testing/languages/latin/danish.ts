import type { LanguageSample } from '../language-sample.ts';

export const danish: LanguageSample = {
  language: 'da',
  name: 'Danish',
  title: 'Optegnelser fra en fjordby',
  paragraphs: [
    {
      text: 'Åen slynger sig gennem engene, som den gjorde, før nogen rettede den ud. Siden slyngningerne kom tilbage, er ørrederne kommet med, og om aftenen jager flagermus lavt over vandet.',
      word: 'ørrederne',
      inflected: 'eng',
    },
    {
      text: 'Et godt rugbrød kræver surdej, kerner og tålmodighed. Bageren rører dejen med en træske, lader den hæve natten over og bager den i timevis, til skorpen er næsten sort.',
      word: 'træske',
      inflected: 'kerne',
    },
    {
      text: 'Ved lavvande kan man gå tørskoet over til holmen. Sandormene efterlader små tårne, strandskader pikker efter muslinger, og den, der glemmer klokken, må vente på næste ebbe.',
      word: 'strandskader',
      inflected: 'tårn',
    },
    {
      text: 'Broen blev bygget af svejsere fra seks lande. Bropillerne står på kridt, kørebanen hænger i stålkabler, og på stille dage kan man høre bilerne som en fjern humlebi.',
      word: 'kridt',
      inflected: 'svejser',
    },
    {
      text: 'Biavleren tager sin hat med slør på og tænder røgpusteren. Hun løfter tavlerne op i solen, leder efter æg og flytter et ekstra magasin på, når rapsen blomstrer.',
      word: 'røgpusteren',
      inflected: 'tavle',
    },
    {
      text: 'Fyrpasseren noterede vindens styrke hver tredje time. I bøgerne findes også tegninger af skyer, en opskrift på klipfisk og et digt til en kone, der boede på fastlandet.',
      word: 'tegninger',
      inflected: 'opskrifter',
    },
    {
      text: 'Om onsdagen er der torvedag. Fiskehandleren råber højest, urtekonen binder persille i bundter, og ved slagterens vogn venter tre hunde, som ingen ejer, men alle kender.',
      word: 'persille',
      inflected: 'bundt',
    },
    {
      text: 'Biblioteket udlåner bøger, boremaskiner og festborde. En drage af silke har den længste venteliste, for på bakken bag skolen blæser det altid, og snoren er ny.',
      word: 'silke',
      inflected: 'dragen',
    },
    {
      text: 'Veterantoget kører kun i ferierne. Fyrbøderen skovler kul, konduktøren klipper papbilletter, og ved hvert trinbræt står der nogen og vinker, som var det en konge, der kom forbi.',
      word: 'papbilletter',
      inflected: 'ferie',
    },
    {
      text: 'Æbletræet beskæres, mens det hviler. Fjern de grene, der gnider mod hinanden, luk lys ind i kronen, og lad de korte sporer sidde, for dem kommer blomsterne på.',
      word: 'lys',
      inflected: 'blomst',
    },
    {
      text: 'Urmageren bruger en lup og en lampe fra tandlægen. Han renser hjulene i sprit, retter en bøjet viser og lader værket tikke i ni dage, før regningen bliver skrevet.',
      word: 'tandlægen',
      inflected: 'hjul',
    },
    {
      text: 'På øen blev der sydet salt af den stærke lage under engen. Skovene forsvandt i ovnene, og da den sidste stamme var brændt, måtte pandekogerne lære at fiske.',
      word: 'ovnene',
      inflected: 'stammer',
    },
  ],
};
