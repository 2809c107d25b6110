/** Methods that core-js, a part of pdf.js's legacy build, replaces on Node 20. */
const REPLACED: readonly (readonly [object, string])[] = [
  [Array.prototype, 'push'],
  [JSON, 'stringify'],
];

/**
 * Loads a module, then restores the engine's own methods that the module replaced. The replacement of
 * `Array.prototype.push` takes 7 % of the time for reading a PDF. It differs only for arrays of fixed length.
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
