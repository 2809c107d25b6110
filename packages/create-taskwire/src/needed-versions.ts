/** Packages of a template whose version is the project's own choice: Taskwire works with other major versions, too. */
const ANY_MAJOR = /^(vite|@vitejs\/.*|vue-tsc|typescript|tsx|@types\/.*|vitest|react|react-dom)$/;

/** A version, or a range of one major version: `10.45.0`, `^10.45.0`, `~10.45`, `10.x`. */
const ONE_MAJOR = /^[\^~=v]?(\d+)(\.(\d+|x|\*)){0,2}(-[\w.-]+)?$/;

/**
 * Whether no version of a project's range has the major version that Taskwire needs, so that npm refuses to install.
 * Ranges of another form, such as `>=10`, are left to npm.
 */
export function isOtherMajor(name: string, own: string, needed: string): boolean {
  if (ANY_MAJOR.test(name)) return false;
  const [ownMajor, neededMajor] = [majorOf(own), majorOf(needed)];
  return ownMajor !== undefined && ownMajor !== neededMajor;
}

function majorOf(range: string): string | undefined {
  return ONE_MAJOR.exec(range.trim())?.[1];
}
