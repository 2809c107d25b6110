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

/**
 * Adds `ArrayBuffer.prototype.transferToFixedLength`, which Node 20 lacks and pdf.js needs for a page's operators.
 * Without it, pdf.js leaves out all text after the first font.
 */
export function ensureBuffersTransfer(): void {
  if ('transferToFixedLength' in ArrayBuffer.prototype) return;
  Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
    configurable: true,
    writable: true,
    value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
      const moved = structuredClone(this, { transfer: [this] });
      if (length === moved.byteLength) return moved;
      const sized = new ArrayBuffer(length);
      new Uint8Array(sized).set(new Uint8Array(moved, 0, Math.min(length, moved.byteLength)));
      return sized;
    },
  });
}
