import { join } from 'node:path';
import { createForeignProject, type ForeignProject } from './foreign-project.ts';

/** A project that `npm create taskwire` made. */
export interface TemplateProject {
  /** Absolute. */
  folder: string;
  /** npm's settings, for programs that a test starts by itself. */
  environment: Record<string, string>;
  /** Runs one of its npm scripts to its end. Rejects with all that it printed. */
  runScript: (name: string) => Promise<string>;
  remove: () => Promise<void>;
}

/** Makes a project of a template as the README says, installs, checks, builds and tests it. */
export async function createTemplateProject(template: string): Promise<TemplateProject> {
  const outer = await createForeignProject();
  try {
    await outer.run('npm', 'create', '--yes', 'taskwire@latest', 'my-app', '--', '--template', template);
    const project = projectIn(outer, join(outer.folder, 'my-app'));
    await outer.run('npm', 'install', '--prefix', project.folder);
    await project.runScript('build');
    await project.runScript('test');
    return project;
  } catch (error) {
    await outer.remove();
    throw error;
  }
}

const projectIn = ({ environment, run, remove }: ForeignProject, folder: string): TemplateProject => ({
  folder,
  environment,
  runScript: (name) => run('npm', 'run', name, '--prefix', folder),
  remove,
});
