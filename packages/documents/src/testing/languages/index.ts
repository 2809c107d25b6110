import { arabic } from './other-scripts/arabic.ts';
import { chinese } from './other-scripts/chinese.ts';
import { czech } from './latin/czech.ts';
import { danish } from './latin/danish.ts';
import { dutch } from './latin/dutch.ts';
import { english } from './latin/english.ts';
import { finnish } from './latin/finnish.ts';
import { french } from './latin/french.ts';
import { german } from './latin/german.ts';
import { greek } from './other-scripts/greek.ts';
import { hebrew } from './other-scripts/hebrew.ts';
import { hindi } from './other-scripts/hindi.ts';
import { italian } from './latin/italian.ts';
import { japanese } from './other-scripts/japanese.ts';
import { korean } from './other-scripts/korean.ts';
import type { LanguageSample } from './language-sample.ts';
import { polish } from './latin/polish.ts';
import { portuguese } from './latin/portuguese.ts';
import { russian } from './other-scripts/russian.ts';
import { spanish } from './latin/spanish.ts';
import { swedish } from './latin/swedish.ts';
import { thai } from './other-scripts/thai.ts';
import { turkish } from './latin/turkish.ts';
import { ukrainian } from './other-scripts/ukrainian.ts';
import { vietnamese } from './latin/vietnamese.ts';

export type { LanguageSample, SampleParagraph } from './language-sample.ts';

/** Prose in 24 languages, each paragraph with the questions that only it answers. */
export const LANGUAGE_SAMPLES: readonly LanguageSample[] = [
  english,
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  swedish,
  danish,
  finnish,
  polish,
  czech,
  russian,
  ukrainian,
  greek,
  turkish,
  arabic,
  hebrew,
  hindi,
  chinese,
  japanese,
  korean,
  thai,
  vietnamese,
];
