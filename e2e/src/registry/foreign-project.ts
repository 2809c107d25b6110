import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTemporaryFolder } from '@taskwire/test-kit';
import { inject } from 'vitest';
import { runForeign } from './foreign-environment.ts';

/**
 * A team's project: a folder outside of the workspace, which gets Taskwire from the registry of the test run. Tests with it
 * are files `e2e/src/registry/*.test.ts`; `vitest run --project registry` runs them.
 *
 *     const project = await createForeignProject({ 'package.json': '{ "type": "module" }', 'main.ts': '…' });
 *     await project.install('@taskwire/client', 'zod');   // npm install; no name: as package.json says
 *     await project.run('npx', 'tsc', '--noEmit');         // rejects with the output
 *     await project.remove();
 */
export interface ForeignProject {
  /** Absolute. */
  folder: string;
  registryUrl: string;
  /** For programs that a test starts by itself: npm's settings. Merge it into `foreignEnvironment()`. */
  environment: Record<string, string>;
  /** Writes files: path in the folder → content. */
  write: (files: Record<string, string>) => Promise<void>;
  /** Runs `npm install` with these packages. Rejects with its output. */
  install: (...packages: string[]) => Promise<void>;
  /** Runs a program in the folder to its end. Resolves to its standard output; rejects with its whole output. */
  run: (command: string, ...commandLine: string[]) => Promise<string>;
  remove: () => Promise<void>;
}

/** Makes a project with these files (path → content), and installs nothing. */
export async function createForeignProject(files: Record<string, string> = {}): Promise<ForeignProject> {
  const temporary = await createTemporaryFolder('foreign');
  const folder = temporary.path;
  const { url: registryUrl, settingsFile } = inject('registry');
  const environment = { npm_config_userconfig: settingsFile };
  const run = (command: string, ...commandLine: string[]): Promise<string> =>
    runForeign({ command, arguments: commandLine, folder, environment });
  const project: ForeignProject = {
    folder,
    registryUrl,
    environment,
    write: (more) => writeFiles(folder, more),
    install: async (...packages) => {
      await run('npm', 'install', ...packages);
    },
    run,
    remove: () => temporary.remove(),
  };
  await project.write(files);
  return project;
}

async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
