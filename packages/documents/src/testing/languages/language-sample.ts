/** A paragraph with questions that no other paragraph of its language answers. */
export interface SampleParagraph {
  text: string;
  /** A word from the middle of the text, in its form there. */
  word: string;
  /** Another form of a word of the text. Absent in languages with one form per word. */
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
