import { describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../lib/repository.ts';
import { findProblems } from './problems.ts';

const manifest = { name: '@taskwire/sample', dependencies: { ioredis: '1.0.0' }, peerDependencies: { zod: '^4.0.0' } };

function problemsIn(declaration: string, path = 'index.d.ts'): string[] {
  return findProblems(new Map([[path, declaration]]), manifest);
}

describe('a declaration', () => {
  it.each([
    ['export declare function create(input: any): void;', 'the type `any`'],
    ['export type Row = Prisma.TaskGetPayload<object>;', 'a type of Prisma'],
    ['export declare const database: PrismaClient;', 'a type of Prisma'],
    ["export type { Task } from './generated/client.js';", 'a type of Prisma'],
    ["export declare const client: import('@prisma/client').Client;", 'a type of Prisma'],
    [`export type { Task } from '${repositoryRoot}/packages/tasks/src/index.ts';`, 'a path of this machine'],
    ["export type { Redis } from '../../node_modules/ioredis/index.js';", 'a path of this machine'],
    ["export type { Task } from './task.ts';", 'no file of the package'],
    ["import type { Logger } from 'pino';", 'needs pino'],
    ["import type { Server } from 'node:http';", 'needs @types/node'],
  ])('is refused: %s', (declaration, problem) => {
    expect(problemsIn(declaration)).toEqual([expect.stringContaining(problem)]);
  });

  it.each([
    "import { Redis } from 'ioredis';",
    "import * as z from 'zod/v4';",
    "export type { Task } from './task.js';",
    "/** Takes any input; see 'pino'. */ export type Match = 'any-word';",
    "export type { Other } from '@taskwire/sample/other';",
  ])('is fit: %s', (declaration) => {
    expect(problemsIn(declaration)).toEqual([]);
  });

  it('of a Vue component has the types that Vue writes, and no other `any`', () => {
    expect(problemsIn('    onDone?: (state: State) => any;', 'Viewer.vue.d.ts')).toEqual([]);
    expect(problemsIn('    onDone?: (state: any) => any;', 'Viewer.vue.d.ts')).toHaveLength(1);
    expect(problemsIn('    onDone?: (state: State) => any;')).toHaveLength(1);
  });
});
