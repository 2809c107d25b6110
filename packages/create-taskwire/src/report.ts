import { FOLDER, type Addition } from './add-to-project.ts';
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

const CLIENT = 'const client = createTaskwireClient({ url: location.origin, token });  // @taskwire/client';

/** How each page gets the client, and shows a task. */
const IN_PAGE: Readonly<Record<Template, readonly string[]>> = {
  react: [
    CLIENT,
    '<TaskwireProvider client={client}> … </TaskwireProvider>  // @taskwire/react, around the page',
    'const { state, percent } = useTask(countWords, taskId);',
  ],
  vue: [
    CLIENT,
    'app.use(createTaskwire(client));  // @taskwire/vue',
    '<SSEStreamViewer :task="countWords" :task-id="taskId" />',
  ],
  node: ['await client.tasks.create(countWords, { file: uploadId });  // @taskwire/client'],
};

/** Changes of the project's own settings that the added files need, one a line. */
function ownSettings({ otherMajors, needsTsImports, needsInclude }: Addition): string[] {
  return [
    ...otherMajors.map(
      (each) => `  set ${each} in package.json: Taskwire does not install beside another major version`,
    ),
    ...(needsTsImports
      ? ['  set "rewriteRelativeImportExtensions": true in tsconfig.json: the files import each other as .ts']
      : []),
    ...(needsInclude
      ? [`  add "${FOLDER}" to "include" in tsconfig.json: the compiler does not check the files yet`]
      : []),
  ];
}

/** The text after files were added to a project: each file and each entry, and what comes next. */
export function additionReport(addition: Addition, packageManager: PackageManager): string {
  const { template, files, entries, kept, isIgnored } = addition;
  return [
    'Added to your project:',
    ...files.map((file) => `  ${file}`),
    ...entries.map((entry) => `  package.json  ${entry}`),
    ...(isIgnored ? ['  .gitignore    .taskwire/'] : []),
    ...(kept.length === 0 ? [] : ['Kept as you have them:', ...kept.map((each) => `  ${each}`)]),
    '',
    'Next:',
    ...ownSettings(addition),
    `  ${packageManager} install`,
    `  ${packageManager} run taskwire:dev     # PostgreSQL, Redis, server and worker, and a token for trials`,
    '',
    'In your page:',
    ...IN_PAGE[template].map((line) => `  ${line}`),
    "In your own Express app, instead of a server of its own: app.use('/taskwire', taskwire.handler)",
  ].join('\n');
}
