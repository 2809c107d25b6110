import type { Addition } from './add-to-project.ts';
import type { Template } from './options.ts';
import type { PackageManager } from './env.ts';

/** The text after a project was made: its files, and the commands that come next. */
export function creationReport({
  folder,
  template,
  files,
  packageManager,
}: {
  folder: string;
  template: Template;
  files: string[];
  packageManager: PackageManager;
}): string {
  const enter = folder === '.' ? [] : [`  cd ${/^[\w./\\:-]+$/.test(folder) ? folder : `"${folder}"`}`];
  const sees = template === 'node' ? 'shows a progress bar' : 'prints the address of the page';
  return [
    `Made a ${template} project in ${folder}: ${files.length} files.`,
    '',
    ...enter,
    `  ${packageManager} install`,
    `  ${packageManager} run dev     # starts everything, and ${sees}`,
    '',
    'README.md says where to add your own task.',
  ].join('\n');
}

const HOOKS: Readonly<Record<Template, string>> = {
  react: 'const { state, percent } = useTask(countWords, taskId);  // @taskwire/react',
  vue: '<SSEStreamViewer :task="countWords" :task-id="taskId" />  <!-- @taskwire/vue -->',
  node: 'await client.tasks.create(countWords, { file: uploadId });  // @taskwire/client',
};

/** The text after files were added to a project: each file and each entry, and what comes next. */
export function additionReport(addition: Addition, packageManager: PackageManager): string {
  const { template, files, entries, kept, isIgnored, needsTsImports } = addition;
  return [
    'Added to your project:',
    ...files.map((file) => `  ${file}`),
    ...entries.map((entry) => `  package.json  ${entry}`),
    ...(isIgnored ? ['  .gitignore    .taskwire/'] : []),
    ...(kept.length === 0 ? [] : ['Kept as you have them:', ...kept.map((each) => `  ${each}`)]),
    '',
    'Next:',
    ...(needsTsImports
      ? ['  set "rewriteRelativeImportExtensions": true in tsconfig.json: the files import each other as .ts']
      : []),
    `  ${packageManager} install`,
    `  ${packageManager} run taskwire:dev     # PostgreSQL, Redis, server and worker, and a token for trials`,
    '',
    'In your page:',
    `  ${HOOKS[template]}`,
    "In your own Express app, instead of a server of its own: app.use('/taskwire', taskwire.handler)",
  ].join('\n');
}
