import { gzipSync } from 'node:zlib';
import { printLine } from '@taskwire/dev-stack/programs';
import { build } from 'esbuild';
import { inRepository } from '../lib/repository.ts';
import type { ProgramResult } from '../lib/run-program.ts';

/** Largest size (bytes, gzipped) of client and react in a browser, without `NOT_COUNTED`. */
const LARGEST_BYTES = 25_000;

/** Packages that an app has anyway. */
const NOT_COUNTED = ['react', 'react-dom', '@trpc/*', '@tanstack/*'];

/** The part of packages that a page loads. */
export interface BrowserBundle {
  /** Gzipped size in bytes. */
  bytes: number;
  /** Paths of the bundled files. */
  files: string[];
}

/** Bundles packages for browsers, whole and minified. */
export async function bundleForBrowsers(packages: readonly string[]): Promise<BrowserBundle> {
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: packages.map((name) => `export * from '${name}';`).join('\n'),
      resolveDir: inRepository('packages', 'react'),
    },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    conditions: ['taskwire-source'],
    external: NOT_COUNTED,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error('esbuild has made no bundle');
  return { bytes: gzipSync(output.contents, { level: 9 }).byteLength, files: Object.keys(metafile.inputs) };
}

/** The gate that keeps client and react small, and zod out of pages that bring no schema. Prints the size. */
export async function checkBrowserSize(): Promise<ProgramResult> {
  const { bytes, files } = await bundleForBrowsers(['@taskwire/client', '@taskwire/react']);
  printLine(`  client and react in a browser: ${bytes} bytes gzipped, of at most ${LARGEST_BYTES}`);
  const problems = [
    ...(bytes > LARGEST_BYTES ? [`client and react have ${bytes} bytes gzipped: the limit is ${LARGEST_BYTES}`] : []),
    ...(hasZod(files)
      ? ['client or react bundles zod: import schemas as types only, values from @taskwire/tasks/reading']
      : []),
  ];
  return { status: problems.length === 0 ? 0 : 1, output: problems.join('\n') };
}

/** Whether a bundle has files of zod. */
export function hasZod(files: readonly string[]): boolean {
  return files.some((file) => /node_modules\/zod\//.test(file));
}
