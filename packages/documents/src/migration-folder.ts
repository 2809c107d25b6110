// src/ and dist/ both stand one level below the package's root. A module in a sub-folder of src/ does not.

/** The migrations of the tables of documents. */
export const DOCUMENT_MIGRATIONS = new URL('../migrations/', import.meta.url);
