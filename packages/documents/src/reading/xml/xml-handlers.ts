import type { XmlAttributes, XmlHandler } from './xml-reader.ts';

/** A handler for files in which only elements and their attributes matter. */
export function elementsOnly(open: (name: string, attributes: XmlAttributes) => void): XmlHandler {
  return {
    open(name, attributes) {
      open(name, attributes);
      return undefined;
    },
    text: () => undefined,
    close: () => undefined,
  };
}

/**
 * A handler that gathers the text of each element with one of these names. It gives each text when its element ends.
 */
export function textsOf(names: readonly string[], give: (text: string, name: string) => void): XmlHandler {
  let open: string | undefined;
  let gathered = '';
  return {
    open(name) {
      if (open !== undefined || !names.includes(name)) return undefined;
      open = name;
      gathered = '';
      return undefined;
    },
    text(text) {
      if (open !== undefined) gathered += text;
    },
    close(name) {
      if (name !== open) return;
      open = undefined;
      give(gathered, name);
    },
  };
}
