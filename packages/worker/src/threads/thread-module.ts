import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A module of a thread's handler, and what loads TypeScript in the thread. */
export interface ThreadModule {
  /** URL of the module. */
  url: string;
  /** URL of a module whose `register` makes the thread load TypeScript; absent if the module is JavaScript. */
  loader?: string;
}

/** File endings of the same module before and after a build. */
const BUILT: Readonly<Record<string, string>> = { '.ts': '.js', '.tsx': '.js', '.mts': '.mjs' };
const SOURCES: Readonly<Record<string, readonly string[]>> = { '.js': ['.ts', '.tsx'], '.mjs': ['.mts'] };
const ENDING = /\.[a-z]+$/;

/**
 * Finds the module of a thread's handler. `./burn.ts` names the TypeScript source, and `burn.js` beside it after a build;
 * `./burn.js` names both as well.
 * @throws Error if there is no such file.
 */
export function findThreadModule(module: URL): ThreadModule {
  const ending = ENDING.exec(module.pathname)?.[0] ?? '';
  const endings = [ending, ...(BUILT[ending] === undefined ? [] : [BUILT[ending]]), ...(SOURCES[ending] ?? [])];
  const candidates = endings.map((each) => new URL(module.pathname.replace(ENDING, each), module));
  const found = candidates.find((url) => existsSync(fileURLToPath(url)));
  if (found === undefined) {
    const names = candidates.map((url) => fileURLToPath(url)).join(' or ');
    throw new Error(`handle(): there is no module of a thread at ${names}: build it beside the worker's module`);
  }
  return isTypeScript(found) ? { url: found.href, ...loaderFor(found) } : { url: found.href };
}

function isTypeScript({ pathname }: URL): boolean {
  return /\.[mc]?tsx?$/.test(pathname);
}

/** The TypeScript loader tsx: the one of the module's package, or the one that this process was started with. */
function loaderFor(module: URL): { loader?: string } {
  const tsx = resolveFrom(module) ?? process.execArgv.find((flag) => /[/\\]tsx[/\\]dist[/\\]loader\.mjs$/.test(flag));
  if (tsx !== undefined) return { loader: new URL('./esm/api/index.mjs', toUrl(tsx)).href };
  if ('typescript' in process.features && process.features.typescript !== false) return {};
  throw new Error(`handle(): the thread cannot load ${fileURLToPath(module)}: install tsx, or build it to JavaScript`);
}

function resolveFrom(module: URL): string | undefined {
  try {
    return createRequire(module).resolve('tsx');
  } catch {
    return undefined;
  }
}

function toUrl(pathOrUrl: string): string {
  return pathOrUrl.startsWith('file:') ? pathOrUrl : pathToFileURL(pathOrUrl).href;
}
