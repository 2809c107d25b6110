/** Methods that core-js replaces on Node 20: it is part of the legacy build of pdf.js. */
const REPLACED: readonly (readonly [object, string])[] = [
  [Array.prototype, 'push'],
  [JSON, 'stringify'],
];

/**
 * Loads a module, then puts the engine's own methods back that the module has replaced. The replacement of
 * `Array.prototype.push` takes 7 % of the time of reading a PDF, and differs for arrays of fixed length only.
 */
export async function withNativeMethods<Module>(load: () => Promise<Module>): Promise<Module> {
  const own = REPLACED.map(([target, name]) => ({
    target,
    name,
    method: Object.getOwnPropertyDescriptor(target, name) ?? {},
  }));
  try {
    return await load();
  } finally {
    for (const { target, name, method } of own) Object.defineProperty(target, name, method);
  }
}
