import type * as z from 'zod';
import { endWithoutStackIfUncaught } from './without-stack.ts';

/**
 * Variables that are missing or wrong: one line each with name, fault and remedy. Never holds a value. If nothing catches it,
 * the process writes these lines alone and ends with status 2.
 */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly problems: readonly string[];

  /** @param problems One line a variable: `NAME: fault: remedy`. */
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
    endWithoutStackIfUncaught(this, 2);
  }
}

/** Environment variables by name. An empty one counts as absent. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** The rules of a process for its variables. */
export interface EnvironmentRules<Shape extends z.core.$ZodLooseShape> {
  /** One schema for each variable, whose message is fault and remedy (`environment-values.ts`). */
  schema: z.ZodObject<Shape>;
  /** Faults that only several variables together have, one line each: `NAME: fault: remedy`. */
  problemsOf?: (variables: Variables) => readonly string[];
}

/**
 * Checks all environment variables of a process.
 * @throws EnvironmentError naming every bad variable at once.
 */
export function parseEnvironment<Shape extends z.core.$ZodLooseShape>(
  variables: Variables,
  { schema, problemsOf = () => [] }: EnvironmentRules<Shape>,
): z.output<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const wrong = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const problems = [...wrong, ...problemsOf(given)];
  if (!parsed.success || problems.length > 0) throw new EnvironmentError(problems);
  return parsed.data;
}

/**
 * Reads the environment at the start of a process. If variables are missing or wrong, writes a line for each to standard
 * error and ends the process with status 2.
 */
export function environmentOrExit<Environment>(read: () => Environment): Environment {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(2);
  }
}
