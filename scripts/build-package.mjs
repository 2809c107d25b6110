// Builds the JavaScript of the package in the current folder into dist/: one file per entry point (default:
// src/index.ts), its own sources bundled, everything that comes from another package left as an import. Declarations are
// another step: scripts/publishing/emit-declarations.ts.
//   --splitting      what entry points share, and what they import dynamically, stands in files of its own
//   --bundle=name    bundles this package too: a team would get another form of it, or more than its code
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const entryPoints = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const bundled = options.flatMap((option) => (option.startsWith('--bundle=') ? [option.slice('--bundle='.length)] : []));

/** Leaves the packages of others as imports, except those that are bundled, with what they import themselves. */
const leaveImports = {
  name: 'leave-imports',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind, importer }) => {
      if (kind === 'entry-point' || importer.includes('/node_modules/')) return undefined;
      return bundled.some((name) => path === name || path.startsWith(`${name}/`))
        ? undefined
        : { path, external: true };
    });
  },
};

/** Bundled code may be CommonJS, which loads Node's modules by `require`. */
const REQUIRE = `import { createRequire as createRequireHere } from 'node:module';
const require = createRequireHere(import.meta.url);`;

const { metafile } = await build({
  entryPoints: entryPoints.length > 0 ? entryPoints : ['src/index.ts'],
  outdir: 'dist',
  outbase: 'src',
  bundle: true,
  splitting: options.includes('--splitting'),
  plugins: [leaveImports],
  ...(bundled.length === 0 ? {} : { banner: { js: REQUIRE } }),
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
});

// The maps of what others wrote would be larger than all the rest.
for (const [path, { inputs }] of Object.entries(metafile.outputs)) {
  const sources = Object.keys(inputs);
  if (!path.endsWith('.js') || sources.length === 0 || !sources.every((source) => source.includes('node_modules/')))
    continue;
  const code = await readFile(path, 'utf8');
  await writeFile(path, code.replace(/\/\/# sourceMappingURL=.*\n?$/, ''));
  await rm(`${path}.map`);
}

// Files of an earlier build would be published with this one.
const built = new Set(Object.keys(metafile.outputs).map((path) => join(path)));
for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (entry.isFile() && /\.js(\.map)?$/.test(path) && !built.has(path)) await rm(path);
}

// The licences of what is bundled ask to go with it.
const ofOthers = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//;
const folders = new Map(
  Object.keys(metafile.inputs).flatMap((path) => {
    const [folder, name] = ofOthers.exec(path) ?? [];
    return name === undefined ? [] : [[name, folder]];
  }),
);
for (const [name, folder] of folders) {
  const license = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
  if (license === undefined) continue;
  await mkdir('dist/licenses', { recursive: true });
  await copyFile(join(folder, license), `dist/licenses/${name.replace('/', '-')}.txt`);
}
