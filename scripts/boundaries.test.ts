import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRepository, localCommand } from './lib/repository.ts';
import { createMiniatureRepository } from './testing/miniature-repository.ts';
import type { TemporaryTree } from './testing/temporary-tree.ts';

const CONFIG = inRepository('.dependency-cruiser.cjs');

/** One violation per rule: where it stands, and the line that breaks the rule. */
const planted: Record<string, { file: string; code: string }> = {
  'protocol-imports': { file: 'packages/protocol/src/planted.ts', code: value('@taskwire/tasks') },
  'protocol-in-browsers': { file: 'packages/protocol/src/planted-node.ts', code: value('node:fs') },
  'tasks-imports': { file: 'packages/tasks/src/planted.ts', code: value('@taskwire/queue') },
  'tasks-in-browsers': { file: 'packages/tasks/src/planted-node.ts', code: value('node:fs') },
  'event-log-imports': { file: 'packages/event-log/src/planted.ts', code: value('@taskwire/queue') },
  'queue-imports': { file: 'packages/queue/src/planted.ts', code: value('@taskwire/event-log') },
  'db-imports': { file: 'prisma/src/planted.ts', code: value('@taskwire/tasks') },
  'documents-imports': { file: 'packages/documents/src/planted.ts', code: value('@taskwire/tasks') },
  'router-imports': { file: 'packages/router/src/planted.ts', code: value('ioredis') },
  'client-imports': { file: 'packages/client/src/planted.ts', code: type('@taskwire/event-log') },
  'client-types-only': { file: 'packages/client/src/planted-value.ts', code: value('@taskwire/router') },
  'client-in-browsers': { file: 'packages/client/src/planted-node.ts', code: value('node:fs') },
  'react-imports': { file: 'packages/react/src/planted.tsx', code: value('@taskwire/vue') },
  'react-types-only': { file: 'packages/react/src/planted-value.ts', code: value('@taskwire/router') },
  'react-in-browsers': { file: 'packages/react/src/planted-node.ts', code: value('node:fs') },
  'vue-imports': { file: 'packages/vue/src/Planted.vue', code: inVue(value('@taskwire/react')) },
  'vue-types-only': { file: 'packages/vue/src/PlantedValue.vue', code: inVue(value('@taskwire/router')) },
  'vue-in-browsers': { file: 'packages/vue/src/PlantedNode.vue', code: inVue(value('node:fs')) },
  'cli-imports': { file: 'packages/cli/src/planted.ts', code: value('@taskwire/queue') },
  'cli-types-only': { file: 'packages/cli/src/planted-value.ts', code: value('@taskwire/router') },
  'cli-loads-dev-stack-late': { file: 'packages/cli/src/planted-early.ts', code: value('@taskwire/dev-stack') },
  'dev-stack-imports': { file: 'packages/dev-stack/src/planted.ts', code: value('@taskwire/queue') },
  'test-kit-imports': { file: 'packages/test-kit/src/planted.ts', code: value('@taskwire/queue') },
  'uploads-imports': { file: 'packages/uploads/src/planted.ts', code: value('@taskwire/protocol') },
  'process-kit-imports': { file: 'packages/process-kit/src/planted.ts', code: value('@taskwire/protocol') },
  'web-kit-imports': { file: 'packages/web-kit/src/planted.ts', code: value('@taskwire/react') },
  'web-kit-types-only': { file: 'packages/web-kit/src/planted-value.ts', code: value('@taskwire/client') },
  'web-kit-in-browsers': { file: 'packages/web-kit/src/planted-node.ts', code: value('node:fs') },
  'theme-imports': { file: 'packages/theme/src/planted.ts', code: value('@taskwire/protocol') },
  'theme-in-browsers': { file: 'packages/theme/src/planted-node.ts', code: value('node:fs') },
  'server-imports': { file: 'packages/server/src/planted.ts', code: value('@taskwire/client') },
  'worker-imports': { file: 'packages/worker/src/planted.ts', code: value('@taskwire/client') },
  'worker-types-only': { file: 'packages/worker/src/planted-value.ts', code: value('@taskwire/router') },
  'standard-tasks-imports': { file: 'packages/standard-tasks/src/planted.ts', code: value('@taskwire/queue') },
  'testing-imports': { file: 'packages/testing/src/planted.ts', code: value('@taskwire/queue') },
  'testing-types-only': { file: 'packages/testing/src/planted-value.ts', code: value('@taskwire/client') },
  'create-taskwire-imports': { file: 'packages/create-taskwire/src/planted.ts', code: value('@taskwire/protocol') },
  'api-imports': { file: 'apps/api/src/planted.ts', code: value('@taskwire/queue') },
  'worker-app-imports': { file: 'apps/worker/src/planted.ts', code: value('@taskwire/router') },
  'web-react-imports': { file: 'apps/react/src/planted.tsx', code: value('@taskwire/vue') },
  'web-react-types-only': { file: 'apps/react/src/planted-value.ts', code: value('@taskwire/router') },
  'web-react-in-browsers': { file: 'apps/react/src/planted-node.ts', code: value('node:fs') },
  'web-vue-imports': { file: 'apps/vue/src/Planted.vue', code: inVue(value('@taskwire/react')) },
  'web-vue-types-only': { file: 'apps/vue/src/PlantedValue.vue', code: inVue(value('@taskwire/router')) },
  'web-vue-in-browsers': { file: 'apps/vue/src/PlantedNode.vue', code: inVue(value('node:fs')) },
  'nobody-imports-apps': { file: 'e2e/planted.test.ts', code: value('@taskwire/api') },
  'only-queue-knows-bullmq': { file: 'packages/server/src/planted-bullmq.ts', code: value('bullmq') },
  'only-db-knows-prisma': { file: 'packages/server/src/planted-prisma.ts', code: type('@prisma/client') },
  'standard-definitions-in-browsers': {
    file: 'packages/standard-tasks/src/words/planted.ts',
    code: value('@taskwire/documents'),
  },
  'standard-tasks-types-only': {
    file: 'packages/standard-tasks/src/planted-value.ts',
    code: value('@taskwire/client'),
  },
  'transports-stand-apart': {
    file: 'packages/server/src/streams/transports/sse/planted.ts',
    code: value('../trpc/allowed.ts'),
  },
  'streams-know-no-transport': {
    file: 'packages/server/src/streams/gateway/planted.ts',
    code: value('../transports/trpc/allowed.ts'),
  },
  'formats-know-no-stream': {
    file: 'packages/server/src/streams/formats/planted.ts',
    code: value('../connection/allowed.ts'),
  },
  'oracle-is-independent': { file: 'chaos/src/oracle/planted.ts', code: value('@taskwire/protocol') },
  // A cycle is reported once, at the first of its files.
  'no-cycles': { file: 'packages/queue/src/planted-cycle.ts', code: type('./planted-way-back.ts') },
  'packages-by-name': {
    file: 'packages/server/src/planted-relative.ts',
    code: value('../../../packages/tasks/src/index.ts'),
  },
  'no-unresolvable': { file: 'packages/queue/src/planted-missing.ts', code: value('./nowhere.ts') },
  'no-development-dependencies': { file: 'packages/server/src/planted-dev.ts', code: value('only-for-development') },
  'no-undeclared-dependencies': { file: 'packages/server/src/planted-undeclared.ts', code: value('undeclared') },
  'no-tests-in-shipped-code': { file: 'packages/tasks/src/planted-test.ts', code: value('./sample.test.ts') },
};

/** Imports that the table allows, one of each sort. */
const allowed: Record<string, string> = {
  'packages/tasks/src/allowed.ts': value('@taskwire/protocol') + value('zod'),
  'packages/tasks/src/sample.test.ts': 'export const value = 1;\n' + value('node:fs'),
  'packages/queue/src/allowed.ts': value('bullmq'),
  'packages/router/src/allowed.ts': value('@taskwire/tasks') + value('@trpc/server'),
  'packages/vue/src/Allowed.vue': inVue(type('@taskwire/router') + value('@taskwire/client')),
  'packages/server/src/allowed.ts': value('@taskwire/router') + value('node:fs') + value('handy'),
  'packages/server/src/streams/transports/trpc/allowed.ts': value('../../gateway/allowed.ts'),
  'packages/server/src/streams/gateway/allowed.ts': value('../connection/allowed.ts'),
  'packages/server/src/streams/connection/allowed.ts': 'export const value = 1;\n',
  'apps/vue/src/Allowed.vue': inVue(value('@taskwire/vue') + value('@taskwire/web-kit')),
};

function value(from: string): string {
  return `export { value } from '${from}';\n`;
}

function type(from: string): string {
  return `import type { Shape } from '${from}';\nexport type Planted = Shape;\n`;
}

function inVue(code: string): string {
  return `<script lang="ts">\n${code}</script>\n<template><p /></template>\n`;
}

const reportSchema = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});
const configSchema = z.object({ forbidden: z.array(z.object({ name: z.string() })) });

let repository: TemporaryTree;
let broken: { from: string; rule: string }[];

beforeAll(async () => {
  repository = await createMiniatureRepository({
    ...allowed,
    ...Object.fromEntries(Object.values(planted).map(({ file, code }) => [file, code])),
    'packages/queue/src/planted-way-back.ts': `${type('./planted-cycle.ts')}export interface Shape {}\n`,
  });
  const commandLine = [
    '--config',
    CONFIG,
    '--output-type',
    'json',
    'prisma',
    'packages',
    'apps',
    'bench',
    'chaos',
    'e2e',
  ];
  const { stdout } = spawnSync(localCommand('depcruise'), commandLine, { cwd: repository.root, encoding: 'utf8' });
  const report = reportSchema.parse(JSON.parse(stdout));
  broken = report.summary.violations.map((violation) => ({ from: violation.from, rule: violation.rule.name }));
});

afterAll(() => repository.remove());

describe('the import rules', () => {
  it.each(Object.entries(planted))(
    '%s: a planted violation is found, and no other rule is broken by it',
    (rule, { file }) => {
      const rules = new Set(broken.filter((violation) => violation.from === file).map((violation) => violation.rule));
      expect([...rules]).toEqual([rule]);
    },
  );

  it('let pass what the table allows', () => {
    expect(broken.filter((violation) => Object.hasOwn(allowed, violation.from))).toEqual([]);
  });

  it('each have a planted violation here', () => {
    const config = configSchema.parse(createRequire(import.meta.url)(CONFIG));
    expect(Object.keys(planted).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });
});
