// The command's environment variables.

export interface Environment {
  /** URL of the server. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The server's secret, for its administrators: signs tokens without the server. */
  readonly authSecret: string | undefined;
}

export const environment: Environment = {
  url: present(process.env['TASKWIRE_URL']),
  token: present(process.env['TASKWIRE_TOKEN']),
  authSecret: present(process.env['AUTH_SECRET']),
};

/** An empty variable counts as absent. */
function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
