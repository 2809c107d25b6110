import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PACKAGE = new URL('../../', import.meta.url);

/** Builds dist/templates, as a publish does. */
export async function buildTemplates(): Promise<void> {
  await promisify(execFile)(process.execPath, ['build-templates.mjs'], { cwd: fileURLToPath(PACKAGE) });
}
