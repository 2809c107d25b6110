import { afterAll, beforeAll, it } from 'vitest';
import { watchOnPage } from './template-page.ts';
import { createTemplateProject, type TemplateProject } from './template-project.ts';

let project: TemplateProject;

beforeAll(async () => {
  project = await createTemplateProject('vue');
}, 300_000);
afterAll(() => project.remove());

it('the page of the template vue shows a task to its end, over a reload and a killed server', () =>
  watchOnPage(project));
