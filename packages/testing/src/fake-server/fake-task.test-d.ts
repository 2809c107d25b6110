import { defineTask, latest, type AnyTaskDefinition } from '@taskwire/tasks';
import { test } from 'vitest';
import * as z from 'zod';
import type { FakeTask } from './fake-task.ts';

const resizeImage = defineTask({
  kind: 'image.resize',
  input: z.object({ width: z.int() }),
  output: z.object({ file: z.string() }),
  stages: [{ name: 'resize', weight: 1 }],
  channels: { preview: latest(z.string()) },
});
declare function fakeTaskOf<Definition extends AnyTaskDefinition>(definition: Definition): FakeTask<Definition>;

test('a fake task takes only what the definition has', () => {
  const task = fakeTaskOf(resizeImage);
  task.send('preview', 'a').stage('resize', 'done').done({ file: 'a.png' });
  // @ts-expect-error the channel has texts
  task.send('preview', 5);
  // @ts-expect-error there is no such channel
  task.send('preview2', 'a');
  // @ts-expect-error the output has a text
  task.done({ file: 5 });
  // @ts-expect-error there is no such stage
  task.stage('crop', 'running');
});
