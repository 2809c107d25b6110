// A worker as if it were older: without a kind that the rest of the system has, and with a narrower input of another.
import { demoCount } from '@taskwire/standard-tasks';
import { DocumentWorker, demoHandlers } from '@taskwire/standard-tasks/worker';
import { defineTask } from '@taskwire/tasks';
import { createTaskwireWorker } from '@taskwire/worker';
import * as z from 'zod';
import { misbehaving } from '../misdeeds/misbehaving.ts';
import { NEWER_KIND, OLDER_COUNT } from './older-build.ts';

const { kind, input, output, stages, isDemo } = demoCount;
const olderCount = defineTask({
  ...{ kind, output, stages, isDemo },
  input: input.extend({ to: z.int().min(1).max(OLDER_COUNT).default(10) }),
});

const documents = new DocumentWorker();
const [count, ...others] = demoHandlers;
await createTaskwireWorker({
  handlers: [
    { ...misbehaving(count), task: olderCount },
    ...others.filter(({ task }) => task.kind !== NEWER_KIND),
    ...documents.handlers,
  ],
  extensions: [documents],
}).start();
