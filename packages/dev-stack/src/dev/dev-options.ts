/** The migrations of one package that were applied now, by name. */
export interface AppliedMigrations {
  package: string;
  applied: readonly string[];
}

/** A token for the CLI and the page, and when it expires (ms since 1970). */
export interface DevToken {
  token: string;
  userId: string;
  expiresAt: number;
}

export interface DevOptions {
  /** Folder of the team's package.json. */
  folder: string;
  /** The server's and the worker's first file. Absolute. */
  server: string;
  worker: string;
  /** Shell command that serves the page, such as `vite`; none if absent. */
  page?: string;
  /** Path of Taskwire's handler in the team's server, such as `/taskwire`; absent or empty: the root. */
  path?: string;
  /** Port of the server. Absent: that of the last start, or a free one. */
  port?: number;
  /** Environment variables for all programs. An empty one counts as absent. */
  variables: Readonly<Record<string, string | undefined>>;
  /** URL of the module that lets Node run TypeScript. */
  typescriptLoader: string;
  /** Whether the lines that the programs log for information are shown. */
  verbose: boolean;
  /** Applies the pending migrations of Taskwire and of its extensions. */
  migrate: (databaseUrl: string) => Promise<readonly AppliedMigrations[]>;
  /** Signs a token with the server's secret. */
  issueToken: (authSecret: string) => Promise<DevToken>;
}
