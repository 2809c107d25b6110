/** The package managers whose `install` and `run` the reports may name. */
const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;

export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/**
 * The package manager that runs this program; npm if it is not known.
 * @param userAgent what it says of itself, such as `pnpm/12.0.0 npm/? node/v24.1.0 linux x64`.
 */
export function packageManagerOf(userAgent = process.env['npm_config_user_agent']): PackageManager {
  const name = userAgent?.split('/')[0];
  return PACKAGE_MANAGERS.find((each) => each === name) ?? 'npm';
}
