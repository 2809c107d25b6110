// Copies the templates into dist/templates, with the versions of this workspace in their package.json.
import { cp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { parse } from 'yaml';

const here = new URL('./', import.meta.url);
const target = new URL('dist/templates/', here);
const { catalog } = parse(await readFile(new URL('../../pnpm-workspace.yaml', here), 'utf8'));

/** The version to install: that of the catalog. The command itself fills in the version of this workspace's packages, its own. */
function versionOf(name, given) {
  if (given !== 'catalog:') return given;
  if (catalog[name] === undefined) throw new Error(`the catalog has no version of ${name}`);
  // tRPC's packages work with each other in the same version only.
  return name.startsWith('@trpc/') ? catalog[name] : `^${catalog[name]}`;
}

await rm(target, { recursive: true, force: true });
await cp(new URL('templates/', here), target, { recursive: true });
for (const template of await readdir(target)) {
  const file = new URL(`${template}/package.json`, target);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) continue;
  const manifest = JSON.parse(text);
  for (const group of ['dependencies', 'devDependencies']) {
    for (const [name, given] of Object.entries(manifest[group])) manifest[group][name] = versionOf(name, given);
  }
  await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
