// src/ and dist/ both stand one level below the package's root. A module in a sub-folder of src/ does not.

/** The migrations of the core's tables. */
export const CORE_MIGRATIONS = new URL('../migrations/', import.meta.url);

/** The migrations of versions before 20261128, which kept the tables of documents beside those of the core. */
export const EARLIER_MIGRATIONS = new URL('../earlier-migrations/', import.meta.url);
