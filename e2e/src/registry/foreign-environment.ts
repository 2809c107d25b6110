import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A program outside of this workspace. */
export interface ForeignProgram {
  command: string;
  arguments: readonly string[];
  /** Default: this process's. */
  folder?: string;
  environment?: Record<string, string>;
}

/** Folder of npm's cache. It is kept between test runs, because most packages do not change. */
const NPM_CACHE = fileURLToPath(new URL('../../../node_modules/.cache/taskwire/npm', import.meta.url));

/** Variables that lead to programs and the network. The others come from pnpm and vitest, and are left out. */
const KEPT = /^(path|home|tmpdir|node_extra_ca_certs|ssl_cert_(file|dir)|(https?|no|all)_proxy)$/i;

/** The environment of a user who knows nothing of this workspace. */
export function foreignEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_cache: NPM_CACHE,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    ...more,
  };
}

/**
 * Runs a program to its end.
 * @returns its standard output
 * @throws Error with its whole output if it fails
 */
export function runForeign({ command, arguments: commandLine, folder, environment }: ForeignProgram): Promise<string> {
  const options = { cwd: folder, env: foreignEnvironment(environment), maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    execFile(command, commandLine, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${command} ${commandLine.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error }));
    });
  });
}
