import type { Variables } from './environment.ts';

/** The variable that each option stands for. */
export type OptionVariables<Options> = Readonly<Record<keyof Options & string, string>>;

/**
 * Joins options of code with the environment: an option wins over its variable. One set of rules then checks both.
 * @param names the variable of each option.
 */
export function withOptions<Options extends object>(
  options: Options,
  names: OptionVariables<Options>,
  environment: Variables,
): Variables {
  const variables: Record<string, string | undefined> = { ...environment };
  for (const [option, variable] of Object.entries<string>(names)) {
    const value: unknown = Reflect.get(options, option);
    if (value !== undefined) variables[variable] = textOf(value);
  }
  return variables;
}

/** The problems of variables, with the option's name in the place of the variable that it stands for. */
export function namedByOptions<Options extends object>(
  problems: readonly string[],
  options: Options,
  names: OptionVariables<Options>,
): string[] {
  const given = Object.entries<string>(names).filter(([option]) => Reflect.get(options, option) !== undefined);
  const optionOf = new Map(given.map(([option, variable]) => [variable, option]));
  return problems.map((problem) => {
    const variable = problem.slice(0, problem.indexOf(':'));
    const option = optionOf.get(variable);
    return option === undefined ? problem : `${option}${problem.slice(variable.length)}`;
  });
}

/** A value as its variable has it. An empty text would count as absent, and a space is no valid value of any variable. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return value === '' ? ' ' : String(value);
}
