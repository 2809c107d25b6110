import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeServer, countTask, resizeTask } from '@taskwire/client/testing';
import { defineTask, upload } from '@taskwire/tasks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runCommand } from './testing/run.ts';

const albumTask = defineTask({
  kind: 'album.print',
  input: z.object({
    cover: upload({ accept: ['image/*'], maxBytes: 20 }),
    pages: z.array(z.object({ image: upload(), title: z.string().optional() })),
  }),
  output: z.object({}),
  stages: [{ name: 'print', weight: 1 }],
});
const scanTask = defineTask({
  kind: 'scans.read',
  input: z.object({ scans: z.array(upload()) }),
  output: z.object({}),
  stages: [{ name: 'read', weight: 1 }],
});
const booksTask = defineTask({
  kind: 'books.scan',
  input: z.object({ books: z.array(z.object({ pages: z.array(upload()) })) }),
  output: z.object({}),
  stages: [{ name: 'scan', weight: 1 }],
});
const keepTask = defineTask({
  kind: 'files.keep',
  input: z.object({ files: z.record(z.string(), z.object({ image: upload() })) }),
  output: z.object({}),
  stages: [{ name: 'keep', weight: 1 }],
});
const READING = { output: z.object({}), stages: [{ name: 'read', weight: 1 }] } as const;
const filesTask = defineTask({ ...READING, kind: 'files.read', input: z.array(upload()).min(1) });
const fileTask = defineTask({ ...READING, kind: 'file.read', input: upload() });
const textTask = defineTask({ ...READING, kind: 'text.read', input: z.string().nullable() });
const TASKS = [resizeTask, albumTask, scanTask, booksTask, keepTask, filesTask, fileTask, textTask, countTask];

let server: FakeServer;
let token: string;
let folder: string;
beforeEach(async () => {
  server = await FakeServer.start({ tasks: TASKS });
  token = server.issueToken('ann');
  folder = await mkdtemp(join(tmpdir(), 'taskwire-cli-'));
  for (const name of ['a.png', 'b=1.png', 'notes.txt']) await writeFile(join(folder, name), name);
  await writeFile(join(folder, 'large.png'), 'x'.repeat(30));
  await writeFile(join(folder, 'huge.txt'), 'x'.repeat(1_001));
  await writeFile(join(folder, 'empty.png'), '');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
  await server.close();
});

/** Runs `taskwire create …` as ann. `@` in a word stands for the folder of the files. */
function create(...words: string[]) {
  const named = words.map((word) => word.replace('@', `${folder}/`));
  return runCommand(['create', ...named, '--json'], { environment: { url: server.url, token } });
}

/** The created task's input, with the names of files in place of their ids. */
async function inputOf(...words: string[]): Promise<unknown> {
  const { stdout, stderr } = await create(...words);
  expect(stderr).toBe('');
  const names = new Map([...server.ports.storedUploads.values()].map(({ uploadId, fileName }) => [uploadId, fileName]));
  const text = [...names].reduce((json, [id, name]) => json.replace(id, name), stdout);
  const task: { input: unknown } = JSON.parse(text);
  return task.input;
}

describe('--file', () => {
  test('puts the upload into the named field', async () => {
    const input = await inputOf('image.resize', '--file', 'image=@a.png', '--input', '{"widths":[80]}');
    expect(input).toEqual({ image: 'a.png', widths: [80] });
  });

  test('needs no field if the kind has one for files; a list takes several files in order', async () => {
    expect(await inputOf('image.resize', '--file', '@b=1.png', '--input', '{"widths":[80]}')).toMatchObject({
      image: 'b=1.png',
    });
    expect(await inputOf('scans.read', '--file', '@notes.txt', '--file', '@a.png')).toEqual({
      scans: ['notes.txt', 'a.png'],
    });
  });

  test('names a field inside of lists, beside what --input gives', async () => {
    const files = ['--file', 'cover=@a.png', '--file', 'pages.1.image=@notes.txt', '--file', 'pages.0.image=@b=1.png'];
    expect(await inputOf('album.print', ...files, '--input', '{"pages":[{"title":"One"}]}')).toEqual({
      cover: 'a.png',
      pages: [{ title: 'One', image: 'b=1.png' }, { image: 'notes.txt' }],
    });
  });

  test.each([
    [['image.crop', '--file', '@a.png'], 'kind: there is no kind "image.crop"; there is image.resize, album.print'],
    [['demo.count', '--file', '@a.png'], '--file: demo.count takes no file'],
    [['image.resize', '--file', 'img=@a.png'], '--file: image.resize has no field "img" for files; it has image'],
    [['album.print', '--file', '@a.png'], 'Give --file <field>='],
    [['image.resize', '--file', 'image=@gone.png'], '--file: image: '],
    [['image.resize', '--file', 'image=@notes.txt', '--input', '{"widths":[80]}'], 'input.image: '],
    [['image.resize', '--file', 'image=@empty.png'], 'is empty'],
    [['album.print', '--file', 'cover=@large.png'], 'too large: it has 30 bytes, and cover takes at most 20'],
    [['album.print', '--file', 'pages.0.image=@huge.txt'], 'and pages.0.image takes at most 1000'],
    [['image.resize', '--file', 'image=@a.png', '--file', 'image=@b=1.png'], '--file: image is given twice'],
    [['album.print', '--file', 'pages.0.image=@a.png', '--input', '{"pages":7}'], '--input has no place for'],
    [['album.print', '--file', 'pages.1.image=@a.png'], 'a list has no place "1" after 0 items'],
    [['album.print', '--file', 'pages.4294967294.image=@a.png'], 'a list has no place "4294967294"'],
    [['album.print', '--file', 'pages.first.image=@a.png', '--input', '{"pages":[]}'], 'a list has no place "first"'],
    [['album.print', '--file', 'pages.00.image=@a.png'], 'a list has no place "00"'],
    [['books.scan', '--file', '@a.png'], 'Give --file <field>='],
    [['scans.read', '--file', 'scans.push=@a.png', '--input', '{"scans":[]}'], 'a list has no place "push"'],
  ])('%j is a usage error on one line', async (words, message) => {
    const { status, stdout, stderr } = await create(...words);
    expect([status, stdout]).toEqual([2, '']);
    expect(JSON.parse(stderr)).toMatchObject({ error: { message: expect.stringContaining(message) } });
    expect(server.ports.storedTasks.size).toBe(0);
  });

  test('names a key of a record, even one that objects inherit', async () => {
    expect(await inputOf('files.keep', '--file', 'files.constructor.image=@a.png')).toEqual({
      files: { constructor: { image: 'a.png' } },
    });
  });

  test('goes into inputs that are no objects', async () => {
    expect(await inputOf('files.read', '--file', '@a.png', '--file', '@notes.txt')).toEqual(['a.png', 'notes.txt']);
    expect(await inputOf('files.read', '--file', '0=@a.png')).toEqual(['a.png']);
    expect(await inputOf('file.read', '--file', '@b=1.png')).toBe('b=1.png');
    expect((await create('file.read', '--file', '@gone.png')).stderr).toContain('"--file: ');
    const { stdout } = await runCommand(['kinds'], { environment: { url: server.url, token } });
    expect(stdout).toContain('file.read\n  --file <path>\n');
  });

  test('a file that its name shows to be of a wrong type is refused before any file is sent', async () => {
    await writeFile(join(folder, 'a.pdf'), 'x');
    const { stderr } = await create('album.print', '--file', 'pages.0.image=@a.png', '--file', 'cover=@a.pdf');
    expect(stderr).toContain('is application/pdf, which it does not accept; give image/*');
    expect(server.ports.storedUploads.size).toBe(0);
  });
});

test.each([
  ['text.read', '"a"', 'a'],
  ['text.read', 'null', null],
])('--input of a %s may be %s', async (kind, json, input) => {
  expect(await inputOf(kind, '--input', json)).toBe(input);
});

test.each([
  [['text.read'], 'expected string, received undefined'],
  [['file.read'], 'expected string, received undefined'],
  [['text.read', '--input', '{}'], 'expected string, received object'],
  [['files.read', '--input', '[]'], 'Too small'],
  [['demo.count', '--input', 'null'], '--input: must be a JSON object'],
])('an input that does not fit is refused: %j', async (words, message) => {
  const { status, stderr } = await create(...words);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});

test('kinds lists the kinds of the server, with their fields for files', async () => {
  const { stdout } = await runCommand(['kinds'], { environment: { url: server.url, token } });
  expect(stdout).toContain('image.resize');
  expect(stdout).toContain('--file image=<path>  image/png, image/jpeg');
  expect(stdout).toContain('--file pages.*.image=<path>');
});
