import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const OUTPUT = fileURLToPath(new URL('../../dist/peers/', import.meta.url));

/**
 * Makes plain JavaScript of a peer's server, so that no loader sits in the process that is measured.
 * @param name of the file, which no other server may have.
 * @returns the file to run.
 */
export async function compile(source: URL, name: string): Promise<URL> {
  const file = `${OUTPUT}${basename(name)}.mjs`;
  await build({
    entryPoints: [fileURLToPath(source)],
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  return pathToFileURL(file);
}
