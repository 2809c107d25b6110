import type { LanguageSample } from '../language-sample.ts';

export const portuguese: LanguageSample = {
  language: 'pt',
  name: 'Portuguese',
  title: 'Notas de uma aldeia',
  paragraphs: [
    {
      text: 'O rio nasce na serra e demora três dias a chegar ao mar. Pelo caminho move dois moinhos, enche as levadas dos campos de milho e, quando chove demais, entra nas adegas sem pedir licença.',
      word: 'milho',
      inflected: 'adega',
    },
    {
      text: 'O pão de centeio pede uma noite de descanso. A padeira guarda o fermento num pote de barro, amassa com as mangas arregaçadas e marca cada broa com uma cruz antes de a levar ao forno.',
      word: 'fermento',
      inflected: 'broas',
    },
    {
      text: 'Na maré vazia a praia fica três vezes maior. As crianças saltam de poça em poça à procura de estrelas-do-mar, os velhos apanham mexilhões nas rochas, e as gaivotas disputam o resto.',
      word: 'mexilhões',
      inflected: 'rocha',
    },
    {
      text: 'A ponte de ferro foi montada em dezoito meses por operários que dormiam na margem. Cada viga chegou de barco, numerada a giz, e o engenheiro guardou o último parafuso como amuleto.',
      word: 'giz',
      inflected: 'parafusos',
    },
    {
      text: 'O apicultor veste-se de branco e anda devagar. Levanta a tampa da colmeia, sopra fumo, procura os ovos no fundo dos favos e volta a fechar tudo antes que a tarde arrefeça.',
      word: 'tampa',
      inflected: 'favo',
    },
    {
      text: 'O faroleiro escrevia o diário à luz da própria lanterna. Registava nevoeiros, naufrágios e visitas; numa página de março lê-se apenas que uma baleia passou tão perto que se ouviu respirar.',
      word: 'naufrágios',
      inflected: 'visita',
    },
    {
      text: 'À sexta-feira a feira ocupa a rua inteira. Há quem venda botões, há quem venda galinhas; o homem das castanhas embrulha-as em jornal, e o amolador afia tesouras enquanto assobia.',
      word: 'galinhas',
      inflected: 'tesoura',
    },
    {
      text: 'A biblioteca empresta livros, bicicletas e uma máquina de costura. Quem devolve com atraso rega as plantas da entrada durante uma semana, e por isso os vasos nunca estiveram tão verdes.',
      word: 'costura',
      inflected: 'planta',
    },
    {
      text: 'O comboio da linha velha para em todas as estações, mesmo nas que já não têm porta. O revisor conhece os passageiros, guarda-lhes recados e sabe de cor a altura das cerejeiras.',
      word: 'passageiros',
      inflected: 'recado',
    },
    {
      text: 'A macieira poda-se no inverno, de manhã e com a lâmina limpa. Tiram-se os ramos que crescem para dentro, deixa-se entrar o sol e não se corta nunca mais de um terço da copa.',
      word: 'sol',
      inflected: 'ramo',
    },
    {
      text: 'O relojoeiro da esquina tem um ouvido tão fino que adivinha a avaria antes de abrir a caixa. Limpa as rodas com álcool, troca uma mola e devolve o relógio embrulhado em flanela.',
      word: 'avaria',
      inflected: 'molas',
    },
    {
      text: 'Nas salinas o trabalho começa depois do último aguaceiro. A água evapora nos talhos, os marnotos puxam o sal com rodos de madeira, e as garças observam tudo do muro, muito quietas.',
      word: 'rodos',
      inflected: 'garça',
    },
  ],
};
