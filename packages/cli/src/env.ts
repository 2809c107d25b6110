// The command's environment variables.

export interface Environment {
  /** URL of the server. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The server's secret, for its administrators: signs tokens without the server. */
  readonly authSecret: string | undefined;
}

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** All variables, for the programs that the command starts. */
export const variables: Variables = process.env;

export const environment: Environment = {
  url: present(variables['TASKWIRE_URL']),
  token: present(variables['TASKWIRE_TOKEN']),
  authSecret: present(variables['AUTH_SECRET']),
};

/** An empty variable counts as absent. */
function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** Options of Node that hold for this process and for those that it starts. */
export const nodeOptions = variables['NODE_OPTIONS'] ?? '';
