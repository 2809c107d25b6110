/** A paragraph with the questions that it answers and that no other paragraph of its language answers. */
export interface SampleParagraph {
  text: string;
  /** A word from the middle of the text, as it stands there. */
  word: string;
  /** Another form of a word of the text; absent in languages whose words have one form. */
  inflected?: string;
}

/** Ordinary prose in one language. */
export interface LanguageSample {
  /** ISO 639-1 code. */
  language: string;
  /** English name. */
  name: string;
  title: string;
  paragraphs: readonly SampleParagraph[];
}
