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
