import type { RegisterCommands } from '../../context.ts';
import { CommandFailure } from '../../output/command-failure.ts';
import { findModule } from './packages.ts';
import { readTeamSettings } from './settings.ts';

/**
 * The commands of the packages that `taskwire.extensions` in a project's package.json names, from their modules
 * `<package>/cli`. A package without commands, and a folder outside of a project, has none.
 * @param warn receives a line for each package whose commands cannot be loaded. All other commands work without them.
 */
export async function loadExtensions(folder: string, warn: (line: string) => void): Promise<RegisterCommands[]> {
  const commands: RegisterCommands[] = [];
  for (const name of await namedIn(folder)) {
    const warnOf = (error: unknown): void => {
      warn(`the commands of ${name} are missing: ${error instanceof Error ? error.message : String(error)}`);
    };
    try {
      const register = await commandsOf(name, folder);
      if (register !== undefined) commands.push(guarded(register, warnOf));
    } catch (error) {
      warnOf(error);
    }
  }
  return commands;
}

/** The commands of a package; undefined if it has none. */
async function commandsOf(name: string, folder: string): Promise<RegisterCommands | undefined> {
  const module = findModule(`${name}/cli`, folder);
  if (typeof module !== 'object') return undefined;
  const loaded: unknown = await import(module.url);
  if (!hasCommands(loaded)) throw new CommandFailure(`${name}/cli has no function registerCommands`);
  return (program, run) => loaded.registerCommands(program, run);
}

function guarded(register: RegisterCommands, warnOf: (error: unknown) => void): RegisterCommands {
  return (program, run) => {
    try {
      register(program, run);
    } catch (error) {
      warnOf(error);
    }
  };
}

/** Wrong settings are a fault of the commands that need them, and no other command's. */
async function namedIn(folder: string): Promise<readonly string[]> {
  return readTeamSettings(folder, {}).then(
    ({ extensions }) => extensions,
    () => [],
  );
}

function hasCommands(module: unknown): module is { registerCommands: RegisterCommands } {
  return (
    typeof module === 'object' &&
    module !== null &&
    'registerCommands' in module &&
    typeof module.registerCommands === 'function'
  );
}
