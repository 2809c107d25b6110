import type { LanguageSample } from '../language-sample.ts';

export const spanish: LanguageSample = {
  language: 'es',
  name: 'Spanish',
  title: 'Apuntes de un pueblo tranquilo',
  paragraphs: [
    {
      text: 'El río nace entre peñascos y llega al valle cansado de dar vueltas. En abril arrastra ramas y barro, cubre la huerta baja y, cuando se retira, deja una capa de limo que los hortelanos agradecen.',
      word: 'huerta',
      inflected: 'hortelano',
    },
    {
      text: 'El pan de esta casa lleva harina, agua, sal y una noche entera. La panadera refresca la masa madre antes de cenar, enciende el horno con leña de encina y saca las hogazas cuando cantan los gallos.',
      word: 'encina',
      inflected: 'hogaza',
    },
    {
      text: 'Con la bajamar aparece un camino de arena hasta el islote. Los niños buscan cangrejos entre las algas, las mariscadoras llenan sus cestas, y todos miran de reojo el reloj, porque la pleamar no avisa.',
      word: 'cangrejos',
      inflected: 'alga',
    },
    {
      text: 'El puente romano ha visto pasar rebaños, ejércitos y bicicletas. Sus arcos reparten el peso con tanta sencillez que los ingenieros vienen a medirlos, y cada sillar conserva la marca del cantero que lo labró.',
      word: 'sencillez',
      inflected: 'rebaño',
    },
    {
      text: 'La apicultora se acerca a las colmenas por detrás y sin perfume. Echa un poco de humo, levanta un panal, busca a la reina entre miles de hermanas y cierra despacio, para que ninguna quede aplastada.',
      word: 'humo',
      inflected: 'panales',
    },
    {
      text: 'El farero apuntaba en un cuaderno la niebla, las tormentas y los pájaros que chocaban contra el cristal. Gracias a esas páginas sabemos hoy que las golondrinas llegan dos semanas antes que entonces.',
      word: 'tormentas',
      inflected: 'golondrina',
    },
    {
      text: 'Los miércoles la plaza huele a melón y a cuero. El afilador toca su flauta, la vendedora de especias pesa azafrán en una balanza diminuta, y a mediodía los toldos se pliegan uno tras otro.',
      word: 'azafrán',
      inflected: 'toldo',
    },
    {
      text: 'En la biblioteca se prestan también herramientas y paraguas. Hay que devolverlos secos, dice el cartel; la bibliotecaria perdona los retrasos cuando la excusa merece ser contada delante de todos.',
      word: 'paraguas',
      inflected: 'retraso',
    },
    {
      text: 'El tren de vía estrecha sube despacio entre castaños. El maquinista saluda a cada pastor por su nombre, los viajeros bajan las ventanillas y, en el último túnel, alguien empieza siempre una canción.',
      word: 'pastor',
      inflected: 'castaño',
    },
    {
      text: 'El manzano se poda en enero, cuando no corre la savia. Se quitan las ramas enfermas, se abre la copa al sol y se pintan las heridas grandes; un corte limpio cicatriza antes de que broten las yemas.',
      word: 'savia',
      inflected: 'herida',
    },
    {
      text: 'La relojera trabaja de espaldas a la calle para no tener prisa. Desmonta los engranajes sobre un paño verde, limpia el polvo de treinta años y escucha el péndulo con un palillo entre los dientes.',
      word: 'engranajes',
      inflected: 'palillos',
    },
    {
      text: 'La sal se cosecha en agosto, al caer la tarde. El viento ha secado las balsas, los salineros arrastran los rastrillos sobre la costra y levantan pirámides blancas que brillan bajo la luna como nieve.',
      word: 'rastrillos',
      inflected: 'pirámide',
    },
  ],
};
