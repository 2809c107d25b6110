import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlopTypes } from '@turbo/gen';
import { addDefinition, addHandler } from './edits.ts';
import { kindProblem, namesOf } from './names.ts';
import { definitionSource, handlerSource } from './sources.ts';

const PACKAGE = 'packages/standard-tasks/src';
const REGISTRY = `${PACKAGE}/definitions/standard-tasks.ts`;
const HANDLERS = `${PACKAGE}/worker/demo-handlers.ts`;

/** `turbo gen task`: a new kind of task, with everything that must know of it. */
export default function generators(plop: PlopTypes.NodePlopAPI): void {
  plop.setGenerator('task', {
    description: 'A new kind of task: its definition, its handler, and their places in both registries',
    prompts: [
      {
        type: 'input',
        name: 'kind',
        message: 'Kind, such as invoice.send',
        validate: (kind: string) => kindProblem(kind) ?? true,
      },
      { type: 'input', name: 'summary', message: 'What it does, in one sentence for people' },
    ],
    actions: [(answers) => addTask(plop.getDestBasePath(), readAnswers(answers))],
  });
}

function readAnswers(answers: PlopTypes.Answers): { kind: string; summary: string } {
  const { kind, summary } = Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const problem = kindProblem(kind ?? '');
  if (kind === undefined || problem !== undefined) throw new Error(problem);
  return { kind, summary: summary === undefined || summary === '' ? `Do ${kind}` : summary };
}

async function addTask(root: string, task: { kind: string; summary: string }): Promise<string> {
  const names = namesOf(task.kind);
  const registry = addDefinition(await readFile(join(root, REGISTRY), 'utf8'), names);
  const handlers = addHandler(await readFile(join(root, HANDLERS), 'utf8'), names);
  const definitionFile = `${PACKAGE}/definitions/${names.file}.ts`;
  const handlerFile = `${PACKAGE}/worker/handlers/${names.file}.ts`;
  await writeFile(join(root, definitionFile), definitionSource(task, names), { flag: 'wx' });
  await writeFile(join(root, handlerFile), handlerSource(task.kind, names), { flag: 'wx' });
  await writeFile(join(root, REGISTRY), registry);
  await writeFile(join(root, HANDLERS), handlers);
  const changed = [definitionFile, handlerFile, REGISTRY, HANDLERS];
  spawnSync(join(root, 'node_modules', '.bin', 'prettier'), ['--write', ...changed], { cwd: root });
  return changed.join(', ');
}
