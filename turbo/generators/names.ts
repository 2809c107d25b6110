/** What a kind is called in code. */
export interface Names {
  /** Without extension: `invoice-send`. */
  file: string;
  /** The definition: `invoiceSend`. */
  definition: string;
  /** The handler: `runInvoiceSend`. */
  handler: string;
}

/** Why a kind cannot be named so, if it cannot. */
export function kindProblem(kind: string): string | undefined {
  if (/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(kind)) return undefined;
  return 'A kind is lower-case words joined by dots, such as invoice.send';
}

/** The names that follow from a kind. */
export function namesOf(kind: string): Names {
  const words = kind.split(/[.-]/).filter((word) => word !== '');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return {
    file: words.join('-'),
    definition: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    handler: `run${pascal}`,
  };
}
