import { mkdtemp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from './manifest.ts';
import { packageManagerOf } from './env.ts';
import { packageName, runCreate } from './run-create.ts';
import { buildTemplates } from './testing/built-templates.ts';

beforeAll(buildTemplates);

async function run(...args: string[]) {
  let out = '';
  let errors = '';
  const status = await runCreate(args, {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (errors += text) },
  });
  return { status, out, errors };
}

const emptyFolder = () => mkdtemp(join(tmpdir(), 'create-taskwire-'));
const manifestOf = async (folder: string) => (await readManifest(folder)).manifest;

describe('a new project', () => {
  it.each(['react', 'vue', 'node'])(
    'of the template %s has real versions, a name and no placeholder',
    async (template) => {
      const folder = join(await emptyFolder(), 'My App');
      const { status, out } = await run(folder, '--template', template);
      expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining('npm run dev') });
      const { name, dependencies, devDependencies, taskwire } = await manifestOf(folder);
      expect(name).toBe('my-app');
      expect(
        Object.values({ ...dependencies, ...devDependencies }).filter((each) => !/^\^?\d+\.\d+\.\d+/.test(each)),
      ).toEqual([]);
      expect(taskwire).toMatchObject({ server: 'src/server.ts', worker: 'src/worker.ts' });
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      expect(files.map((file) => file.name)).toContain('.gitignore');
      for (const file of files.filter((each) => each.isFile())) {
        expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toMatch(/%[A-Z]+%|workspace:|catalog:/);
      }
    },
  );

  it('says how to enter its folder, whose name may hold spaces', async () => {
    const folder = join(await emptyFolder(), 'My App');
    expect((await run(folder)).out).toMatch(/^ {2}cd "[^"]*My App"$/m);
  });

  it('takes its options behind a `--`, which pnpm hands on', async () => {
    const { status, out } = await run(join(await emptyFolder(), 'app'), '--', '--template', 'vue');
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining('Made a vue project') });
  });

  it('names the commands of the package manager that called it', async () => {
    const userAgent = 'pnpm/12.0.0 npm/? node/v24.1.0 linux x64';
    expect([userAgent, 'deno/2.1.0', ''].map((each) => packageManagerOf(each))).toEqual(['pnpm', 'npm', 'npm']);
    let out = '';
    const stdout = { write: (text: string) => (out += text) };
    await runCreate([join(await emptyFolder(), 'app')], { stdout, stderr: stdout, packageManager: 'pnpm' });
    expect(out).toMatch(/^ {2}pnpm install\n {2}pnpm run dev /m);
  });

  it('is not made in a folder that holds files: the message names one and the remedy', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'mine.txt'), 'x');
    expect(await run(folder)).toMatchObject({ status: 1, errors: expect.stringMatching(/mine\.txt.*--into/) });
    expect(await readdir(folder)).toEqual(['mine.txt']);
  });

  it.each([
    [['--template', 'svelte', 'x'], '--template: there is no template "svelte"; there is react, vue, node'],
    [[], 'folder: give one'],
    [['a', 'b'], 'folder: give one, not 2'],
    [['--colour'], '--help lists the options'],
    [['a', '--into', 'b'], 'not both'],
  ])('%j is a wrong call: one line names the remedy', async (args, message) => {
    const { status, errors } = await run(...args);
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 2, lines: 1 });
    expect(errors).toContain(message);
  });

  it('is named after its folder, as npm allows', () => {
    expect(packageName('/a/My App!')).toBe('my-app-');
    expect(packageName('/a/.hidden')).toBe('hidden');
    expect(packageName('/a/日本')).toBe('taskwire-app');
    expect(packageName('/a/node_modules')).toBe('taskwire-app');
    expect(packageName(`/a/${'a'.repeat(255)}`).length).toBeLessThanOrEqual(214);
  });
});

describe('--into', () => {
  async function project(manifest: object = { name: 'mine', dependencies: { zod: '^4.1.0' } }) {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 4)}\n`);
    return folder;
  }

  it('adds files and entries, keeps what is there, and says each', async () => {
    const folder = await project();
    await writeFile(join(folder, '.gitignore'), 'node_modules');
    const { status, out } = await run('--into', folder);
    expect(status).toBe(0);
    const added = await readdir(folder, { recursive: true });
    expect(added).toContain(join('taskwire', 'server.ts'));
    expect(added).not.toContain('src');
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    expect(text).toContain('\n    "dependencies"');
    const { name, dependencies, scripts, taskwire } = await manifestOf(folder);
    expect({ name, zod: dependencies?.['zod'] }).toEqual({ name: 'mine', zod: '^4.1.0' });
    expect(scripts).toMatchObject({ 'taskwire:dev': 'taskwire dev' });
    expect(taskwire).toEqual({ server: 'taskwire/server.ts', worker: 'taskwire/worker.ts' });
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('node_modules\n.taskwire/\n');
    for (const said of [
      'taskwire/server.ts',
      'dependencies: @taskwire/server',
      'zod ^4.1.0 (made with',
      '.gitignore',
    ]) {
      expect(out).toContain(said);
    }
  });

  it.each([
    ['Vue', { dependencies: { vue: '^3.5.0' } }, '@taskwire/vue'],
    ['React', { peerDependencies: { react: '^19.0.0' } }, '@taskwire/react'],
    ['neither', {}, undefined],
  ])('adds the package for the page of the project: %s', async (_, fields, expected) => {
    const folder = await project(fields);
    await run('--into', folder);
    const { dependencies = {} } = await manifestOf(folder);
    expect(Object.keys(dependencies).find((name) => /^(@taskwire\/)?(react|vue)$/.test(name))).toBe(expected);
  });

  it('writes nothing if one of its files is there already, a second time too', async () => {
    const folder = await project();
    await mkdir(join(folder, 'taskwire'));
    await writeFile(join(folder, 'taskwire', 'worker.ts'), 'mine');
    const before = await readFile(join(folder, 'package.json'), 'utf8');
    expect(await run('--into', folder)).toMatchObject({
      status: 1,
      errors: expect.stringContaining('taskwire/worker.ts'),
    });
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(before);
    expect(await readdir(join(folder, 'taskwire'))).toEqual(['worker.ts']);
  });

  it.each([
    ['a CommonJS project, which gets a folder of ES modules', {}, true],
    ['a project of ES modules', { type: 'module' }, false],
  ])('fits %s', async (_, fields, hasManifest) => {
    const folder = await project(fields);
    await run('--into', folder);
    const manifest = await readFile(join(folder, 'taskwire', 'package.json'), 'utf8').catch(() => undefined);
    expect(manifest).toBe(hasManifest ? '{"type":"module"}\n' : undefined);
  });

  it.each([
    ['without it', '{ "compilerOptions": { "module": "nodenext" } }', true],
    ['with it', '{ "compilerOptions": { "allowImportingTsExtensions": true } }', false],
    ['no tsconfig.json', undefined, false],
  ])('names the option that the compiler needs for the imports of .ts files: %s', async (...[, text, isNamed]) => {
    const folder = await project();
    if (text !== undefined) await writeFile(join(folder, 'tsconfig.json'), text);
    expect((await run('--into', folder)).out.includes('"rewriteRelativeImportExtensions": true')).toBe(isNamed);
  });

  it.each([
    ['without it', '{ "include": ["src", "./tests/**/*.ts"] }', true],
    ['with it', '{ "include": ["src", "./taskwire"] }', false],
    ['with all folders', '{ "include": ["**/*.ts"] }', false],
    ['no include', '{ "compilerOptions": {} }', false],
  ])('names an include of tsconfig.json that leaves its folder out: %s', async (...[, text, isNamed]) => {
    const folder = await project();
    await writeFile(join(folder, 'tsconfig.json'), text);
    expect((await run('--into', folder)).out.includes('add "taskwire" to "include"')).toBe(isNamed);
  });

  it.each([
    ['@trpc/server', '^10.45.0', true],
    ['@trpc/server', '10.x', true],
    ['@trpc/server', '^11.0.0', false],
    ['@trpc/server', '>=10', false],
    ['zod', '~3.25.0', true],
    ['react', '^18.2.0', false],
    ['typescript', '^5.9.0', false],
  ])('names a version that Taskwire does not install beside: %s %s', async (name, version, isNamed) => {
    const folder = await project({ dependencies: { react: '^19.0.0', [name]: version } });
    const { out } = await run('--into', folder);
    expect(new RegExp(`set ${name} to \\^?\\d+\\.`).test(out)).toBe(isNamed);
    expect((await manifestOf(folder)).dependencies?.[name]).toBe(version);
  });

  it.each([
    ['react', 'TaskwireProvider client'],
    ['vue', 'createTaskwire(client)'],
  ])('shows how a page of %s gives the client to what shows a task', async (template, provider) => {
    expect((await run('--into', await project(), '--template', template)).out).toContain(provider);
  });

  it('takes a package.json with a byte order mark, and keeps the ends of its lines', async () => {
    const folder = await emptyFolder();
    await writeFile(join(folder, 'package.json'), '\uFEFF{\r\n\t"name": "mine"\r\n}\r\n');
    expect(await run('--into', folder)).toMatchObject({ status: 0 });
    const text = await readFile(join(folder, 'package.json'), 'utf8');
    expect(text).toMatch(/^\{\r\n\t"name": "mine",\r\n/);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('writes nothing if a file cannot be written: no folder, and package.json as before', async () => {
    const folder = await project();
    await mkdir(join(folder, '.gitignore'));
    const before = await readFile(join(folder, 'package.json'), 'utf8');
    expect(await run('--into', folder)).toMatchObject({ status: 1, errors: expect.stringContaining('.gitignore') });
    expect(await readFile(join(folder, 'package.json'), 'utf8')).toBe(before);
    expect((await readdir(folder)).sort()).toEqual(['.gitignore', 'package.json']);
  });

  it.each([
    ['no package.json', undefined, 'has no package.json'],
    ['one that is no JSON', '{', 'is not a JSON object'],
    ['one whose scripts are a list', '{"scripts":[]}', 'is not a JSON object'],
  ])('needs a project: %s is an error with the remedy', async (...[, text, message]) => {
    const folder = await emptyFolder();
    if (text !== undefined) await writeFile(join(folder, 'package.json'), text);
    expect(await run('--into', folder)).toMatchObject({ status: 1, errors: expect.stringContaining(message) });
  });
});
