import { relative } from 'node:path';

import { colors, printLine } from '../terminal/terminal.ts';
import type { DevToken } from './dev-options.ts';
import type { DevContext } from './dev-programs.ts';
import { serverUrl } from './dev-variables.ts';

/** Prints the addresses, a token, and where the data is, one line each. */
export function printSummary(
  { options, data, place }: DevContext,
  { token, pageUrl, isServerUp }: { token: DevToken; pageUrl: string | undefined; isServerUp: boolean },
): void {
  const shown = (path: string): string => relative(options.folder, path);
  printLine();
  if (pageUrl !== undefined) printLine(`${colors.bold('page')}    ${pageUrl}`);
  printLine(`${colors.bold('server')}  ${serverUrl(place)}${isServerUp ? '' : colors.red('  not up: see above')}`);
  printLine(`${colors.bold('token')}   ${token.token}`);
  const until = new Date(token.expiresAt).toISOString();
  printLine(colors.dim(`        of ${token.userId}, good until ${until}; \`npx taskwire\` in this folder uses it`));
  printLine(`${colors.bold('data')}    ${shown(data.path)}/, which git ignores; the logs are in ${shown(data.logs)}/`);
  printLine();
  printLine(colors.dim('Ctrl-C stops everything.'));
}
