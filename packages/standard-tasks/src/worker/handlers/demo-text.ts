import { setTimeout as delay } from 'node:timers/promises';
import { demoText } from '../../definitions/demo-text.ts';
import type { TaskOutput } from '@taskwire/tasks';
import { type StageContext, handle, TaskError } from '@taskwire/worker';

type Draft = TaskOutput<typeof demoText>;

const WORDS = [
  'every',
  'event',
  'comes',
  'once',
  'in',
  'order',
  'or',
  'the',
  'gap',
  'is',
  'told',
  'with',
  'a',
  'state',
];
/** Words in a sentence. */
const SENTENCE = 12;

/** The n-th word (from 0) of the text, with the space behind it. */
function draftWord(index: number): string {
  return `${WORDS[index % WORDS.length] ?? ''} `;
}

/** The same word in a text of sentences. */
function polishedWord(index: number): string {
  const word = draftWord(index).trim();
  const begun = index % SENTENCE === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word;
  return index % SENTENCE === SENTENCE - 1 ? `${begun}. ` : `${begun} `;
}

/** Writes a text word by word, twice, and fails on purpose if its input says so. */
export const writeText = handle(demoText, async (ctx, input) => {
  const failsIn = (stage: 'draft' | 'polish') =>
    input.failures?.stage === stage && ctx.attempt <= input.failures.times ? input.failures.at : undefined;
  const draft = await ctx.stage('draft', (stage) =>
    writeWords(stage, { ...input, wordAt: draftWord, failAt: failsIn('draft') }),
  );
  return ctx.stage('polish', (stage) =>
    writeWords(stage, { ...input, words: draft.words, wordAt: polishedWord, failAt: failsIn('polish') }),
  );
});

interface Writing {
  words: number;
  wordsPerSecond: number;
  wordAt: (index: number) => string;
  failAt: number | undefined;
}

async function writeWords(stage: StageContext, { words, wordsPerSecond, wordAt, failAt }: Writing): Promise<Draft> {
  const begunAt = performance.now();
  let characters = 0;
  for (let index = 0; index < words; index += 1) {
    // A timer is not exact: what is late is caught up on without a pause.
    const earlyMs = (index * 1_000) / wordsPerSecond - (performance.now() - begunAt);
    if (earlyMs > 0) await delay(Math.ceil(earlyMs), undefined, { signal: stage.signal });
    if (index + 1 === failAt) throw new TaskError('FAILED_ON_PURPOSE', `failed on purpose at word ${failAt}`);
    const word = wordAt(index);
    characters += word.length;
    await stage.token(word);
    await stage.progress(index + 1, words);
  }
  return { words, characters };
}
