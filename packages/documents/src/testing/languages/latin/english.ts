import type { LanguageSample } from '../language-sample.ts';

export const english: LanguageSample = {
  language: 'en',
  name: 'English',
  title: 'Notes from a small town by the water',
  paragraphs: [
    {
      text: 'The river leaves the hills in a hurry and grows lazy on the plain. In spring it carries gravel past the old mill, and the children guess how many pebbles it will leave on the meadow before the flood goes down again.',
      word: 'gravel',
      inflected: 'pebble',
    },
    {
      text: 'Good bread needs little more than flour, water, salt and a long night. The baker feeds her sourdough before supper, folds the dough twice while the town sleeps, and slides the first loaves into the oven at four o’clock.',
      word: 'sourdough',
      inflected: 'folding',
    },
    {
      text: 'Twice a day the sea goes out and leaves the harbour empty. The moon pulls the water along, and when sun and moon stand in one line, the fishermen speak of a spring tide and moor their boats with longer ropes.',
      word: 'moon',
      inflected: 'fisherman',
    },
    {
      text: 'The iron bridge was built by a man who had never drawn anything larger than a barn. He counted every rivet himself, painted the girders grey, and walked across on the first morning with his “trembling” mother on his arm.',
      word: 'rivet',
      inflected: 'girder',
    },
    {
      text: 'A beekeeper listens before she looks. A calm hive hums like a kettle far away; a hungry one whines. She lifts the frames slowly, counts the brood, and leaves enough honey for the months in which nothing blooms.',
      word: 'kettle',
      inflected: 'hummed',
    },
    {
      text: 'The lighthouse keeper wrote down the weather every six hours for thirty-one years. His journals fill two shelves of the museum, and meteorologists still borrow them, because nobody else recorded fog so patiently.',
      word: 'journals',
      inflected: 'recording',
    },
    {
      text: 'On Saturdays the market square smells of onions and wet wool. The cheese seller cuts samples with a wire, the knife grinder sharpens whatever is brought, and by noon only cabbage leaves are left on the stones.',
      word: 'grinder',
      inflected: 'sharpening',
    },
    {
      text: 'Our library lends more than books. There is a sewing machine, a telescope, four ladders and a box of cake tins; the telescope has the longest waiting list, since the nights here are dark and the sky is wide.',
      word: 'telescope',
      inflected: 'ladder',
    },
    {
      text: 'The branch line was closed in the year of the drought, but the signal box still stands. Volunteers oil its levers each autumn, and visitors may pull one and watch a rusty arm rise over a track that leads nowhere.',
      word: 'volunteers',
      inflected: 'lever',
    },
    {
      text: 'An apple tree should be pruned while it sleeps. Take the branches that cross, open the crown so that a bird could fly through it, and seal no cut: the tree heals better by itself than under any paint.',
      word: 'crown',
      inflected: 'pruning',
    },
    {
      text: 'The clockmaker repairs nothing that can tell the time by radio. He likes pendulums, because they admit their mistakes: a warm room makes them long and late, a cold one short and early, and both can be measured.',
      word: 'pendulums',
      inflected: 'mistake',
    },
    {
      text: 'Salt was the town’s first wealth. Brine was boiled in shallow pans over peat fires, skimmed, raked and dried in baskets, and the carters who took it inland came back with timber, stories and now and then a husband.',
      word: 'brine',
      inflected: 'skimming',
    },
  ],
};
