/** The module that a parsing thread runs: built, it lies beside this one; from source, its TypeScript needs a loader. */
export function threadEntry(): URL {
  return import.meta.url.endsWith('.ts')
    ? new URL('../../source-thread.mjs', import.meta.url)
    : new URL('./document-thread.js', import.meta.url);
}
