/** Version of the text that readers and the chunker make of a file: a higher one may give another text. */
export const TEXT_VERSION = 2;
