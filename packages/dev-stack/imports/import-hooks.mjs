// Hooks of the module loader. They stand before those of a TypeScript loader, so they see the file that it has found.
import { fileURLToPath } from 'node:url';
import { reportFile } from './report-file.mjs';

export async function resolve(specifier, context, nextResolve) {
  try {
    const resolved = await nextResolve(specifier, context);
    reportUrl(resolved.url);
    return resolved;
  } catch (error) {
    // A file that is missing matters too: the program can start once it is there.
    if (/^(\.|file:)/.test(specifier)) reportUrl(new URL(specifier, context.parentURL).href);
    throw error;
  }
}

function reportUrl(url) {
  if (url.startsWith('file:')) reportFile(fileURLToPath(url.replace(/[?#].*$/, '')));
}
