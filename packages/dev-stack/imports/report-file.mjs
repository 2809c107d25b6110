import { appendFileSync, statSync } from 'node:fs';
import { sep } from 'node:path';

const report = process.env.TASKWIRE_IMPORTS;
const reported = new Set();

/** Appends one line of JSON: path, time of the last change (ms), size (bytes). The last two are missing with the file. */
export function reportFile(path) {
  if (report === undefined || reported.has(path) || path.includes(`${sep}node_modules${sep}`)) return;
  reported.add(path);
  const found = statSync(path, { throwIfNoEntry: false });
  const line = found === undefined ? [path] : [path, found.mtimeMs, found.size];
  try {
    appendFileSync(report, `${JSON.stringify(line)}\n`);
  } catch {
    // `taskwire dev` has ended.
  }
}
