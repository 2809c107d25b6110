import { afterAll, beforeAll, it } from 'vitest';
import { DevProgram } from './dev-program.ts';
import { createTemplateProject, type TemplateProject } from './template-project.ts';

let project: TemplateProject;

beforeAll(async () => {
  project = await createTemplateProject('node');
}, 300_000);
afterAll(() => project.remove());

it('the program of the template node shows bars, and prints the output', async () => {
  const dev = new DevProgram(project.folder, project.environment);
  try {
    await dev.printed(/440 words in 40 lines/);
  } finally {
    await dev.stop();
  }
});
