/** Registers a TypeScript loader in this thread: the module is `tsx/esm/api`. */
export async function registerLoader(url: string): Promise<void> {
  const { register } = (await import(url)) as { register: () => unknown };
  register();
}

/** The default export of a module, which may be anything. */
export async function importDefault(url: string): Promise<unknown> {
  const module = (await import(url)) as { default?: unknown };
  return module.default;
}
