import type { LanguageSample } from '../language-sample.ts';

export const czech: LanguageSample = {
  language: 'cs',
  name: 'Czech',
  title: 'Zápisky z městečka u řeky',
  paragraphs: [
    {
      text: 'Řeka pramení pod skálou a zpočátku ji přeskočí i kůzle. Teprve za pilou se k ní přidají potoky ze severu, na jaře vystoupí na louky a odnese každou lávku, která není přivázaná.',
      word: 'pilou',
      inflected: 'potok',
    },
    {
      text: 'Dobrý chléb chce mouku, vodu, sůl a dlouhou noc. Pekařka zadělá kvásek odpoledne, ráno vyválí bochníky v ošatkách a podle vůně kůrky pozná, kdy má otevřít pec.',
      word: 'ošatkách',
      inflected: 'bochník',
    },
    {
      text: 'Při odlivu se moře stáhne a zůstanou po něm jen kaluže s kraby. Děti sbírají mušle, racci křičí nad vraky a průvodce hlídá hodinky, protože příliv přijde rychleji než kůň.',
      word: 'racci',
      inflected: 'mušlí',
    },
    {
      text: 'Kamenný most stojí na dubových pilotách už šest století. Oblouky se o sebe opírají jako sousedé, do malty se prý míchala vejce a sochy svatých hlídají, aby nikdo nespěchal.',
      word: 'malty',
      inflected: 'socha',
    },
    {
      text: 'Včelař otevírá úly jen za bezvětří. Foukne trochu kouře, vytáhne plást, hledá matku s modrou tečkou a na zimu nechá včelám tolik medu, aby nemusely žebrat.',
      word: 'plást',
      inflected: 'tečka',
    },
    {
      text: 'Strážce majáku si zapisoval mlhu, vítr a lodě. V jeho sešitech jsou i kresby tuleňů, recept na polévku a věta o čápovi, který tři dny odpočíval na zábradlí.',
      word: 'tuleňů',
      inflected: 'kresba',
    },
    {
      text: 'Ve středu voní náměstí koprem a kůží. Košíkář plete proutí, brusič láká jiskrami děti a stará paní prodává jedenáct druhů brambor, pro každý zná jiné jídlo.',
      word: 'brusič',
      inflected: 'jiskra',
    },
    {
      text: 'Knihovna půjčuje také nářadí a hudební nástroje. O housle se čeká měsíc, o vrtačku dva; žebřík se jednou vrátil s děkovným dopisem a dvěma sklenicemi marmelády.',
      word: 'vrtačku',
      inflected: 'sklenice',
    },
    {
      text: 'Lokálka jezdí už jen v neděli a táhne ji stroj starší než nádraží. Topič přikládá uhlí, průvodčí štípe lístky a výletníci počítají tunely, i když jsou jenom dva.',
      word: 'uhlí',
      inflected: 'výletník',
    },
    {
      text: 'Jabloň se řeže, dokud spí. Odstraní se větve, které se třou, koruna se prosvětlí a krátké plodonosné výhony zůstanou, neboť na nich na podzim visí úroda.',
      word: 'koruna',
      inflected: 'větev',
    },
    {
      text: 'Hodinář slyší na kyvadle, že skříň stojí křivě. Podloží ji klínkem z javoru, vyčistí ozubená kola štětečkem a hodiny vydá, teprve když dvě noci po sobě souhlasí.',
      word: 'javoru',
      inflected: 'klínek',
    },
    {
      text: 'Sůl se do hor nosila po stezkách na hřbetech mul. Za každou bečku se platilo mýto, soumaři zpívali, aby zahnali vlky, a ve srubech u cesty se sušily jejich pláště.',
      word: 'mýto',
      inflected: 'stezka',
    },
  ],
};
