import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { removeLeftPageFolders, withPageFolder } from './page-folders.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taskwire-folders-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** The id of a process that has ended. */
const endedProcess = () => spawnSync(process.execPath, ['--version']).pid;

async function makeFolder(name: string, ageHours = 0): Promise<void> {
  const path = join(folder, name);
  await mkdir(path);
  await writeFile(join(path, 'page.pgm'), 'a picture');
  const time = Date.now() / 1_000 - ageHours * 3_600;
  await utimes(path, time, time);
}

it('the folder of a dead process is removed, the folder of a running one stays', async () => {
  await withPageFolder(async (used) => {
    const name = basename(used);
    await makeFolder(name.replace(`-${process.pid}-`, `-${endedProcess()}-`));
    await makeFolder(name.replace(`-${process.pid}-`, `-${process.ppid}-`));
    expect(await removeLeftPageFolders()).toBe(1);
    expect(await readdir(folder)).toHaveLength(2);
    expect(await readdir(folder)).toContain(name);
  });
  expect(await readdir(folder)).toHaveLength(1);
});

it("the folder of an earlier process with this process's id is removed, because ids repeat in containers", async () => {
  const name = await withPageFolder((used) => Promise.resolve(basename(used)));
  await makeFolder(name);
  expect(await removeLeftPageFolders()).toBe(1);
});

it('a folder is removed though the work in it fails', async () => {
  await expect(withPageFolder(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  expect(await readdir(folder)).toEqual([]);
});

it('folders of other machines and of earlier versions are removed after a day', async () => {
  const ended = endedProcess();
  await makeFolder('taskwire-page-AbC123', 23);
  await makeFolder('taskwire-page-DeF456', 25);
  await makeFolder(`taskwire-page-another.machine-${ended}-AbC123`, 23);
  await makeFolder(`taskwire-page-another.machine-${ended}-DeF456`, 25);
  expect(await removeLeftPageFolders()).toBe(2);
  expect((await readdir(folder)).every((name) => name.endsWith('AbC123'))).toBe(true);
});

it('no other folder is removed, at any age', async () => {
  await makeFolder('taskwire-pages', 1_000);
  await makeFolder('other-taskwire-page-1', 1_000);
  expect(await removeLeftPageFolders()).toBe(0);
  expect(await readdir(folder)).toHaveLength(2);
});

it('links and files are left alone, and so is the folder that a link leads to', async () => {
  await makeFolder('elsewhere', 1_000);
  await symlink(join(folder, 'elsewhere'), join(folder, 'taskwire-page-AbC123'));
  await writeFile(join(folder, 'taskwire-page-DeF456'), 'a file');
  await utimes(join(folder, 'taskwire-page-DeF456'), 1, 1);
  expect(await removeLeftPageFolders()).toBe(0);
  expect(await readdir(folder)).toHaveLength(3);
});

it('folders of other users are left alone, however old', async () => {
  await makeFolder('taskwire-page-AbC123', 1_000);
  vi.spyOn(process, 'geteuid').mockReturnValue((process.geteuid?.() ?? 0) + 1);
  expect(await removeLeftPageFolders()).toBe(0);
  vi.restoreAllMocks();
  expect(await removeLeftPageFolders()).toBe(1);
});
