// All that the command takes from the environment.

export interface Environment {
  /** Where the server is. */
  readonly url: string | undefined;
  readonly token: string | undefined;
  /** The server's own secret, for those who run it: signs tokens without asking the server. */
  readonly authSecret: string | undefined;
}

export const environment: Environment = {
  url: present(process.env['TASKWIRE_URL']),
  token: present(process.env['TASKWIRE_TOKEN']),
  authSecret: present(process.env['AUTH_SECRET']),
};

/** A variable that is set to nothing counts as not set. */
function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}
