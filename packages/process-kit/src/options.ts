import { EnvironmentError, type Variables } from './environment.ts';

/** The variable that each option stands for. */
export type OptionVariables<Options> = Readonly<Record<keyof Options & string, string>>;

/** Options of code, and the environment for those that are absent. */
export interface OptionSources<Options extends object> {
  options: Options;
  /** The variable of each option. */
  names: OptionVariables<Options>;
  environment: Variables;
}

/**
 * Reads settings from options and from the environment: an option wins over its variable, and one set of rules checks both.
 * @param read checks the variables.
 * @throws EnvironmentError of `read`. It names an option that was given, in the place of its variable.
 */
export function readOptions<Options extends object, Settings>(
  sources: OptionSources<Options>,
  read: (variables: Variables) => Settings,
): Settings {
  try {
    return read(variablesOf(sources));
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(namedByOptions(error.problems, sources));
  }
}

function variablesOf<Options extends object>({ options, names, environment }: OptionSources<Options>): Variables {
  const variables: Record<string, string | undefined> = { ...environment };
  for (const [option, variable] of Object.entries<string>(names)) {
    const value: unknown = Reflect.get(options, option);
    if (value !== undefined) variables[variable] = textOf(value);
  }
  return variables;
}

function namedByOptions<Options extends object>(
  problems: readonly string[],
  { options, names }: OptionSources<Options>,
): string[] {
  const given = Object.entries<string>(names).filter(([option]) => Reflect.get(options, option) !== undefined);
  const optionOf = new Map(given.map(([option, variable]) => [variable, option]));
  return problems.map((problem) => {
    const variable = problem.slice(0, problem.indexOf(':'));
    const option = optionOf.get(variable);
    return option === undefined ? problem : `${option}${problem.slice(variable.length)}`;
  });
}

/** A value as its variable has it; a list with commas. An empty text would count as absent, so it is a space. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = String(value);
  return text === '' ? ' ' : text;
}
