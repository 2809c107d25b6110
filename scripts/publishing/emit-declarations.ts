import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Problem, printProblem, toProblem } from '@taskwire/dev-stack/programs';
import { withDeclarations } from './declarations/compile.ts';
import { findProblems } from './declarations/problems.ts';
import { readReached } from './declarations/reach.ts';
import { sourceOf, typesOf } from './lib/entry-points.ts';
import { readManifest } from './lib/manifest.ts';

// Writes the declarations of the package in the current folder into `dist/types`: those that its public names need.
const OUTPUT = join('dist', 'types');

try {
  await emitDeclarations(process.cwd());
} catch (error) {
  printProblem(toProblem(error));
  process.exitCode = 1;
}

async function emitDeclarations(folder: string): Promise<void> {
  const manifest = await readManifest(folder);
  const entries = typesOf(manifest);
  const sources = await Promise.all(entries.map((entry) => sourceOf(folder, entry)));
  const declarations = await withDeclarations(folder, sources, (compiled) => readReached(compiled, entries));
  const problems = findProblems(declarations, manifest);
  if (problems.length > 0) {
    throw new Problem(`The declarations of ${manifest.name} are not fit to be published.`, {
      detail: problems.join('\n'),
      remedy: 'State the types of what is exported, or export less.',
    });
  }
  await rm(join(folder, OUTPUT), { recursive: true, force: true });
  for (const [path, declaration] of declarations) {
    const file = join(folder, OUTPUT, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, declaration);
  }
}
