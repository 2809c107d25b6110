import type { LanguageSample } from '../language-sample.ts';

export const french: LanguageSample = {
  language: 'fr',
  name: 'French',
  title: 'Carnet d’une vallée',
  paragraphs: [
    {
      text: 'La rivière naît sous un rocher moussu et descend entre les prés sans se presser. Au printemps, la fonte des neiges la rend brune et bruyante ; les riverains rentrent alors leurs barques et surveillent le vieux moulin.',
      word: 'neiges',
      inflected: 'barque',
    },
    {
      text: 'Un bon pain demande surtout de la patience. La boulangère nourrit son levain le soir, pétrit la pâte avant l’aube et enfourne quand le four, disait son père, « sent la noisette » ; la croûte chante en refroidissant.',
      word: 'levain',
      inflected: 'pétrir',
    },
    {
      text: 'Deux fois par jour, la mer découvre une longue grève luisante. Les pêcheurs à pied retournent les cailloux, ramassent des coques et des palourdes, puis remontent vers les dunes avant que la marée ne ferme le passage.',
      word: 'palourdes',
      inflected: 'dune',
    },
    {
      text: 'Le pont suspendu fut dessiné par un ingénieur de vingt-six ans. Ses câbles, tressés fil après fil au-dessus du vide, supportent encore les camions, et une plaque rappelle les ouvriers qui n’avaient pas le vertige.',
      word: 'câbles',
      inflected: 'ingénieurs',
    },
    {
      text: 'L’apicultrice connaît ses ruches au bruit. Un essaim tranquille ronronne, un essaim orphelin gémit ; elle soulève les cadres, cherche la reine marquée de bleu et laisse assez de miel pour l’hiver.',
      word: 'orphelin',
      inflected: 'essaims',
    },
    {
      text: 'Le gardien du phare notait la force du vent toutes les trois heures. Dans ses cahiers, on trouve aussi des recettes, le portrait d’un phoque curieux et le nom des cœurs qu’il n’a jamais osé déclarer.',
      word: 'phoque',
      inflected: 'recette',
    },
    {
      text: 'Le jeudi, la place du marché sent le thym et le poisson. Le fromager fait goûter un morceau, la fleuriste noue ses bouquets avec du raphia, et les pigeons attendent patiemment la fin des affaires.',
      word: 'fromager',
      inflected: 'bouquet',
    },
    {
      text: 'La bibliothèque prête des livres, des graines et des instruments. On emprunte un violon pour un mois, on rapporte l’automne suivant une poignée de haricots récoltés, et personne n’a encore perdu l’archet.',
      word: 'violon',
      inflected: 'graine',
    },
    {
      text: 'La petite ligne de montagne grimpe à la vitesse d’un cycliste. Le conducteur s’arrête parfois pour une vache couchée sur les rails, klaxonne par principe, et les voyageurs en profitent pour photographier les gorges.',
      word: 'vache',
      inflected: 'conducteurs',
    },
    {
      text: 'Le pommier se taille pendant son sommeil. On supprime les branches qui se croisent, on éclaircit le centre pour que la lumière entre, et l’on garde quelques rameaux courts, car c’est sur eux que viendront les fleurs.',
      word: 'lumière',
      inflected: 'rameau',
    },
    {
      text: 'L’horloger du faubourg répare les pendules sans se hâter. Il nettoie chaque rouage avec une plume, goutte l’huile comme un remède, puis laisse battre le mécanisme trois nuits avant de rendre l’objet.',
      word: 'rouage',
      inflected: 'remèdes',
    },
    {
      text: 'Le sel des marais se récolte par temps sec. L’eau passe d’un bassin à l’autre, s’épaissit, rougit parfois, et le paludier tire vers lui, d’un geste lent, une fleur blanche aussi fragile que du givre.',
      word: 'paludier',
      inflected: 'bassins',
    },
  ],
};
