import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { describe, expect, it } from 'vitest';
import { findServer } from './find-server.ts';

const NOTHING = { url: undefined, token: undefined, authSecret: undefined };
const DEV = { url: 'http://127.0.0.1:4711', token: 'of dev' };
const DEFAULT = { url: 'http://127.0.0.1:4000', token: undefined };

const project = useTemporaryFolder('find-server');

async function offer(content: string): Promise<string> {
  const inner = join(project.path, 'src', 'tasks');
  await mkdir(join(project.path, '.taskwire'), { recursive: true });
  await mkdir(inner, { recursive: true });
  await writeFile(join(project.path, '.taskwire', 'access.json'), content);
  return inner;
}

describe('the server of a command', () => {
  it('is the one of `taskwire dev`, as its user, anywhere in the project', async () => {
    const folder = await offer(JSON.stringify(DEV));
    expect(await findServer({}, NOTHING, folder)).toEqual(DEV);
    expect(await findServer({}, NOTHING, project.path)).toEqual(DEV);
  });

  it('is the given one, which never gets the token of `taskwire dev`', async () => {
    const folder = await offer(JSON.stringify(DEV));
    const url = 'https://tasks.example';
    expect(await findServer({ url }, NOTHING, folder)).toEqual({ url, token: undefined });
    expect(await findServer({}, { ...NOTHING, url, token: 'mine' }, folder)).toEqual({ url, token: 'mine' });
  });

  it("never gets a given token if only the project's file names it", async () => {
    const folder = await offer(JSON.stringify(DEV));
    expect(await findServer({}, { ...NOTHING, token: 'mine' }, folder)).toEqual({ ...DEFAULT, token: 'mine' });
  });

  it.each(['{"url":"https://elsewhere.example","token":"t"}', '{"url":"http://127.0.0.1:1"}', '[]', 'null', '{', ''])(
    'is the one of this machine if the file of the project holds %s',
    async (content) => {
      expect(await findServer({}, NOTHING, await offer(content))).toEqual(DEFAULT);
    },
  );
});
