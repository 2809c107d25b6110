import { readFile, stat, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { threadFiles } from './thread-files.ts';

/** Shortest pause (ms) between two looks at the files. */
const LOOK_EVERY_MS = 250;
/** A look at many files takes long; pauses are this many times as long, so that looking costs at most 5 % of a core. */
const PAUSE_FACTOR = 20;
/** Time (ms) without a further change after which the program is started again: a checkout writes many files. */
const SETTLED_MS = 120;
/** Endings by which a specifier without a file may come to be one. */
const ENDINGS = ['.ts', '.tsx', '.mts', '.js', '/index.ts'];

const MISSING = 'missing';

/**
 * The files that a program has imported, by its own report (`imports/report-imports.mjs`), and whether one has changed since
 * the program read it. Looks at their times and sizes again and again: that works in every file system, containers'
 * mounts too, and needs no watch handles.
 */
export class ImportedFiles {
  readonly reportFile: string;
  readonly #entry: string;
  /** Path → time and size when the program read it. */
  readonly #seen = new Map<string, string>();
  /** The paths that the program that runs now has reported. */
  #reported = new Set<string>();
  #readBytes = 0;

  /** @param paths the file for reports, and the program's own first file. Absolute. */
  constructor({ reportFile, entry }: { reportFile: string; entry: string }) {
    this.reportFile = reportFile;
    this.#entry = entry;
  }

  /** Call it before each start of the program. */
  async begin(): Promise<void> {
    await writeFile(this.reportFile, '');
    this.#readBytes = 0;
    this.#reported = new Set();
    const paths = [this.#entry, ...this.#seen.keys()];
    await Promise.all(paths.map(async (path) => this.#seen.set(path, await signatureOf(path))));
  }

  /** Forgets files that only earlier starts have imported. Call it once the program is up. */
  async keepReported(): Promise<void> {
    await this.#readReport();
    for (const path of this.#seen.keys()) {
      if (path !== this.#entry && !this.#reported.has(path)) this.#seen.delete(path);
    }
  }

  /**
   * Waits until a file has changed, appeared or gone, and nothing more changes.
   * @returns the changed paths. Rejects when the signal aborts.
   */
  async changed(signal: AbortSignal): Promise<string[]> {
    const changes = new Set<string>();
    for (;;) {
      const startedAt = performance.now();
      const found = await this.#look();
      for (const path of found) changes.add(path);
      if (found.length === 0 && changes.size > 0) return [...changes];
      const pauseMs = Math.max(LOOK_EVERY_MS, (performance.now() - startedAt) * PAUSE_FACTOR);
      await delay(changes.size > 0 ? SETTLED_MS : pauseMs, undefined, { signal });
    }
  }

  async #look(): Promise<string[]> {
    await this.#readReport();
    const changes: string[] = [];
    const compare = async ([path, before]: [string, string]): Promise<void> => {
      const now = await signatureOf(path);
      if (now === before) return;
      this.#seen.set(path, now);
      changes.push(path);
    };
    await Promise.all([...this.#seen].map(compare));
    return changes;
  }

  async #readReport(): Promise<void> {
    const content = await readFile(this.reportFile).catch(() => Buffer.alloc(0));
    const end = content.lastIndexOf('\n') + 1;
    const lines = content.subarray(this.#readBytes, end).toString('utf8').split('\n');
    this.#readBytes = Math.max(this.#readBytes, end);
    for (const line of lines) if (line !== '') await this.#take(line);
  }

  async #take(line: string): Promise<void> {
    const [path, time, size] = reportedFile(line);
    if (path === undefined) return;
    if (time === undefined) {
      for (const each of [path, ...candidatesOf(path)]) this.#see(each, MISSING);
      return;
    }
    this.#see(path, `${time} ${size ?? 0}`);
    for (const each of await threadFiles(path)) {
      if (!this.#reported.has(each)) this.#see(each, await signatureOf(each));
    }
  }

  #see(path: string, signature: string): void {
    this.#reported.add(path);
    this.#seen.set(path, signature);
  }
}

function reportedFile(line: string): [path?: string, time?: number, size?: number] {
  const parts: unknown = JSON.parse(line);
  if (!Array.isArray(parts)) return [];
  const [path, time, size] = parts.map((part: unknown) => part);
  if (typeof path !== 'string') return [];
  return typeof time === 'number' && typeof size === 'number' ? [path, time, size] : [path];
}

/** The files that an import of a missing file may mean: `./x.js` may be `x.ts`, and `./x` several. */
function candidatesOf(path: string): string[] {
  const typescript = path.replace(/\.(m?)js$/, '.$1ts');
  return typescript === path ? ENDINGS.map((ending) => `${path}${ending}`) : [typescript];
}

function signatureOf(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => MISSING,
  );
}
