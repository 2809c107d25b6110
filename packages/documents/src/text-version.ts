/** The version of the text that readers and the chunker make of a file. Raise it when the text changes. */
export const TEXT_VERSION = 2;
