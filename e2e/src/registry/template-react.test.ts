import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { watchOnPage } from './template-page.ts';
import { createTemplateProject, type TemplateProject } from './template-project.ts';

let project: TemplateProject;

beforeAll(async () => {
  project = await createTemplateProject('react');
}, 300_000);
afterAll(() => project.remove());

it('the page of the template react shows a task to its end, over a reload and a killed server', () =>
  watchOnPage(project));

it('a renamed field of the task breaks the compile of page, handler and test', async () => {
  const file = join(project.folder, 'src/tasks/count-words.ts');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('\n    file: upload');
  await writeFile(file, text.replace('\n    file: upload', '\n    textFile: upload'));
  const broken = await project.runScript('typecheck').then(() => '', String);
  for (const user of ['src/page/App.tsx', 'src/handlers/count-words.ts', 'src/handlers/count-words.test.ts']) {
    expect(broken).toContain(user);
  }
});
