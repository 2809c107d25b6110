import type { RegisterCommands } from '../../context.ts';
import { CommandFailure } from '../../output/command-failure.ts';
import { findModule } from './packages.ts';
import { readTeamSettings } from './settings.ts';

/**
 * The commands of the packages that `taskwire.extensions` in a project's package.json names, from their modules
 * `<package>/cli`. A package without commands, and a folder outside of a project, has none.
 * @throws CommandFailure if a package has commands in another form.
 */
export async function loadExtensions(folder: string): Promise<RegisterCommands[]> {
  const names = await namedIn(folder);
  const found = names.map((name) => ({ name, module: findModule(`${name}/cli`, folder) }));
  const commands: RegisterCommands[] = [];
  for (const { name, module } of found) {
    if (typeof module !== 'object') continue;
    const loaded: unknown = await import(module.url);
    if (!hasCommands(loaded)) throw new CommandFailure(`${name}/cli has no function registerCommands`);
    commands.push((program, run) => loaded.registerCommands(program, run));
  }
  return commands;
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
