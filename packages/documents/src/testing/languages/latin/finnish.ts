import type { LanguageSample } from '../language-sample.ts';

export const finnish: LanguageSample = {
  language: 'fi',
  name: 'Finnish',
  title: 'Merkintöjä järven rannalta',
  paragraphs: [
    {
      text: 'Joki alkaa suolta ja on alussa ruskea kuin tee. Keväällä jäät lähtevät rytinällä, vesi nousee saunan portaille, ja lapset laskevat, montako tukkia virta tuo mukanaan.',
      word: 'saunan',
      inflected: 'tukki',
    },
    {
      text: 'Ruisleipä vaatii juuren, jauhoja ja yön lepoa. Leipuri sekoittaa taikinan puiseen korvoon, peittää sen villahuivilla ja lämmittää uunin koivuhaloilla ennen auringonnousua.',
      word: 'villahuivilla',
      inflected: 'taikina',
    },
    {
      text: 'Itämerellä ei juuri ole vuorovettä, mutta ilmanpaine liikuttaa merta. Kun tuuli painaa vettä lahteen, venevajojen lattiat kastuvat, ja kalastajat nostavat verkot orsille.',
      word: 'venevajojen',
      inflected: 'verkko',
    },
    {
      text: 'Riippusilta rakennettiin kosken yli sotien jälkeen. Työmiehet kantoivat teräsvaijerit olkapäillään, ja ensimmäisenä sillan ylitti postinkantaja, joka ei uskaltanut katsoa alas.',
      word: 'teräsvaijerit',
      inflected: 'postinkantajan',
    },
    {
      text: 'Mehiläishoitaja liikkuu pesillä rauhallisesti. Hän nostaa kakut esiin, etsii emon ja jättää talveksi tarpeeksi hunajaa; horsman kukkiessa vaaka näyttää joka ilta enemmän.',
      word: 'emon',
      inflected: 'hunaja',
    },
    {
      text: 'Majakanvartija kirjasi sumut ja myrskyt vihkoihin neljäkymmentä vuotta. Reunoihin hän piirsi lintuja, ja yhdellä sivulla kerrotaan hylkeestä, joka nukkui laiturilla.',
      word: 'lintuja',
      inflected: 'vihko',
    },
    {
      text: 'Torilla tuoksuvat savustettu siika ja mansikat. Korintekijä punoo pärettä puhuessaan, veitsenteroittaja polkee tahkoa, ja kahviteltan jono kiertää koko patsaan.',
      word: 'pärettä',
      inflected: 'mansikka',
    },
    {
      text: 'Kirjastosta voi lainata myös sukset, ompelukoneen ja kaukoputken. Talvella jonotetaan liukulumikenkiä, keväällä kiikareita, sillä kurjet palaavat pellolle huhtikuussa.',
      word: 'ompelukoneen',
      inflected: 'kurki',
    },
    {
      text: 'Kapearaiteinen juna kulkee enää kesäisin. Lämmittäjä heittää halkoja tulipesään, veturinkuljettaja viheltää tasoristeyksessä, ja matkustajat poimivat mustikoita asemalla.',
      word: 'tulipesään',
      inflected: 'mustikka',
    },
    {
      text: 'Omenapuu leikataan, kun se vielä lepää. Poista oksat, jotka hankaavat toisiaan, avaa latvus valolle ja säästä lyhyet kannusversot, sillä niihin hedelmät syntyvät.',
      word: 'latvus',
      inflected: 'oksa',
    },
    {
      text: 'Kelloseppä korjaa vain jousella käyviä kelloja. Hän puhdistaa rattaat pensselillä, öljyää laakerit neulan kärjellä ja kuuntelee tikitystä viikon, ennen kuin on tyytyväinen.',
      word: 'laakerit',
      inflected: 'pensseli',
    },
    {
      text: 'Suola tuotiin laivoilla etelästä ja maksettiin tervalla. Säkit kuivattiin riihessä, ja syksyllä emäntä punnitsi tarkasti, paljonko silakkatynnyriin riitti.',
      word: 'riihessä',
      inflected: 'säkki',
    },
  ],
};
