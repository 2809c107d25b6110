import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** The projects that the command can make. */
export const TEMPLATES = ['react', 'vue', 'node'] as const;
export type Template = (typeof TEMPLATES)[number];

export const HELP = `Usage: npm create taskwire@latest <folder> -- [--template react|vue|node]
       npm create taskwire@latest -- --into <folder> [--template react|vue|node]

Makes a project with one example task, a server, a worker, a page and a test.

  --template <name>   react (default): a React page; vue: a Vue page; node: a program without a page. With --into: the
                      packages for such a page (default: as the project's dependencies)
  --into <folder>     adds a task, a server and a worker to a project that has a package.json; it changes no file of
                      yours but package.json and .gitignore, and says what it added
  --version           prints the version
  --help              prints this page

Exit status: 0 done, 1 failed (nothing was written), 2 wrong call`;

/** The parsed command line. */
export type Options =
  | { action: 'help' | 'version' }
  | { action: 'create'; folder: string; template: Template }
  // Without a template: the project's dependencies choose one.
  | { action: 'add'; folder: string; template: Template | undefined };

/** @throws UsageError for an unknown option or template, and without a folder. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  if (values.help === true) return { action: 'help' };
  if (values.version === true) return { action: 'version' };
  const template = templateOf(values.template);
  const [folder, ...others] = positionals;
  if (others.length > 0) throw new UsageError(`folder: give one, not ${positionals.length}`);
  if (values.into !== undefined) {
    if (folder !== undefined) throw new UsageError(`give a folder for a new project, or --into, not both`);
    if (values.into.trim() === '') throw new UsageError('--into: give the folder of your project, such as --into .');
    return { action: 'add', folder: values.into, template };
  }
  if (folder === undefined || folder.trim() === '') {
    throw new UsageError('folder: give one for the new project: npm create taskwire@latest my-app');
  }
  return { action: 'create', folder, template: template ?? 'react' };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      // npm takes away the `--` before the options; pnpm hands it on.
      args: args.filter((each) => each !== '--'),
      allowPositionals: true,
      options: {
        template: { type: 'string' },
        into: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} (--help lists the options)`);
  }
}

function templateOf(given: string | undefined): Template | undefined {
  if (given === undefined) return undefined;
  const template = TEMPLATES.find((each) => each === given);
  if (template !== undefined) return template;
  throw new UsageError(`--template: there is no template "${given}"; there is ${TEMPLATES.join(', ')}`);
}
