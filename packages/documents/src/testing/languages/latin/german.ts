import type { LanguageSample } from '../language-sample.ts';

export const german: LanguageSample = {
  language: 'de',
  name: 'German',
  title: 'Aufzeichnungen aus einem Tal',
  paragraphs: [
    {
      text: 'Der Fluss entspringt unter einer Felswand und ist anfangs so schmal, dass ein Kind darüberspringen kann. Erst hinter dem Sägewerk nimmt er die Bäche der Nordseite auf, und ab dort fahren im Sommer Flöße mit Holz talwärts.',
      word: 'Sägewerk',
      inflected: 'Bach',
    },
    {
      text: 'Ein gutes Brot braucht Zeit. Die Bäckerin setzt den Sauerteig am Nachmittag an, lässt ihn über Nacht reifen und formt morgens die Laibe; im Ofen verrät der Geruch der Kruste, ob die Hitze stimmt.',
      word: 'reifen',
      inflected: 'Krusten',
    },
    {
      text: 'Bei Ebbe liegt das Watt wie ein graues Tuch vor dem Deich. Wattwürmer werfen kleine Häufchen auf, Möwen suchen nach Muscheln, und wer hinausgeht, sollte wissen, wann die Flut den Rückweg abschneidet.',
      word: 'Möwen',
      inflected: 'Muschel',
    },
    {
      text: 'Die steinerne Brücke trägt seit vierhundert Jahren die Last der Fuhrwerke. Ihre Pfeiler stehen auf Eichenpfählen, die im Wasser nicht faulen, und jeder Bogen stützt den nächsten, sodass keiner allein fallen kann.',
      word: 'Eichenpfählen',
      inflected: 'Bögen',
    },
    {
      text: 'Der Imker öffnet die Stöcke nur an windstillen Tagen. Er bläst etwas Rauch hinein, zieht eine Wabe heraus und prüft, ob die Königin Eier legt; den Honig der letzten Tracht lässt er den Bienen für den Winter.',
      word: 'Königin',
      inflected: 'Waben',
    },
    {
      text: 'Im Leuchtturm führte die Wärterin ein Tagebuch über Nebel und Wind. Darin stehen auch die Namen der Schiffe, die sie grüßten, und einmal der Satz, dass ein Storch drei Tage lang auf dem Geländer rastete.',
      word: 'Storch',
      inflected: 'Namens',
    },
    {
      text: 'Auf dem Wochenmarkt verkauft ein alter Mann nur Kartoffeln, aber elf Sorten davon. Er kennt für jede ein Gericht, wiegt großzügig ab und schenkt Kindern eine violette Knolle, damit sie zu Hause staunen.',
      word: 'wiegt',
      inflected: 'Knollen',
    },
    {
      text: 'Die Bücherei am Rathaus verleiht auch Werkzeug. Am begehrtesten ist die Bohrmaschine, gefolgt von der Nähmaschine; eine Säge kam einmal mit einem Dankesbrief und zwei Gläsern Marmelade zurück.',
      word: 'Bohrmaschine',
      inflected: 'Glas',
    },
    {
      text: 'Die Nebenbahn fährt nur noch sonntags, gezogen von einer Dampflok, die älter ist als der Bahnhof. Der Heizer schaufelt auf der Steigung eine halbe Tonne Kohle, und die Fahrgäste zählen die Tunnel.',
      word: 'Heizer',
      inflected: 'Steigungen',
    },
    {
      text: 'Ein Apfelbaum wird geschnitten, solange er ruht. Man nimmt die Äste heraus, die sich reiben, und lässt der Krone Luft; wer zu viel wegnimmt, bekommt im nächsten Jahr lauter senkrechte Triebe und kaum Früchte.',
      word: 'senkrechte',
      inflected: 'Frucht',
    },
    {
      text: 'Der Uhrmacher hört einem Pendel an, ob es schief hängt. Er richtet das Gehäuse mit dünnen Keilen aus Ahorn, wartet einen Tag und vergleicht; erst wenn zwei Nächte hintereinander stimmen, gibt er die Uhr heraus.',
      word: 'Gehäuse',
      inflected: 'Keil',
    },
    {
      text: 'Das Salz kam aus einer Quelle mitten im Wald. Die Sole wurde in eisernen Pfannen gekocht, bis sich Kristalle bildeten, und die Köhler lieferten so viel Holzkohle, dass die Hänge für hundert Jahre kahl blieben.',
      word: 'Kristalle',
      inflected: 'Pfanne',
    },
  ],
};
