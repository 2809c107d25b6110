const named = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));

/** Elements without content: https://html.spec.whatwg.org/multipage/syntax.html#void-elements */
export const VOID = named(
  'area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr',
);

/** Elements that hold no text of the page, or text that browsers do not show. */
export const SILENT = named(
  'annotation annotation-xml audio canvas iframe noembed noframes script style template video',
);

export const HEADINGS = named('h1 h2 h3 h4 h5 h6');

/** Elements that begin and end a paragraph. All others, including unknown ones, are part of the line. */
export const BLOCKS = named(`
  address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
  h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup p plaintext pre search section
  select option textarea summary table tbody td tfoot th thead tr ul xmp caption`);

/** Elements that begin a line but not a paragraph. */
export const LINES = named('dd dt li option summary tr textarea select');

/** Inline elements that are separated from the words beside them. */
export const BESIDE_WORDS = named('button svg text');

/** Elements that end an open paragraph with a missing end tag. */
export const ENDS_PARAGRAPH = named(`
  address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form h1 h2 h3
  h4 h5 h6 header hgroup hr li listing main menu nav ol p plaintext pre search section summary table ul xmp`);

/** Elements whose white space is kept. */
export const PREFORMATTED = named('pre listing xmp plaintext textarea');

/** Elements whose end tags close no element outside of them. */
export const BARRIERS = named('table caption td th');

/** Elements whose end tags close every element within them. Other end tags close nothing across these elements. */
export const SPECIAL = new Set([
  ...BLOCKS,
  ...BARRIERS,
  'button',
  'select',
  'svg',
  'math',
  'ruby',
  'template',
  'object',
]);

/** Start tags that end SVG and MathML: https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inforeign */
export const ENDS_FOREIGN = named(`
  b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol
  p pre ruby s small span strong strike sub sup table tt u ul var`);

/** Start tags that end a heading with text: the heading's end tag is missing. */
export const ENDS_HEADING = named('p ul ol dl table pre blockquote section article form hr');

/** A start tag that ends open elements: the elements, and the element within which they end. */
export const IMPLIED_ENDS: ReadonlyMap<string, { ends: readonly string[]; within: readonly string[] }> = new Map([
  ['li', { ends: ['li'], within: ['ul', 'ol', 'menu', 'dir', 'table'] }],
  ['dt', { ends: ['dt', 'dd'], within: ['dl', 'table'] }],
  ['dd', { ends: ['dt', 'dd'], within: ['dl', 'table'] }],
  ['option', { ends: ['option'], within: ['select', 'datalist'] }],
  ['optgroup', { ends: ['option', 'optgroup'], within: ['select'] }],
  ['td', { ends: ['td', 'th', 'caption'], within: ['table'] }],
  ['th', { ends: ['td', 'th', 'caption'], within: ['table'] }],
  ['tr', { ends: ['tr', 'td', 'th', 'caption'], within: ['table'] }],
  ['tbody', { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] }],
  ['thead', { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] }],
  ['tfoot', { ends: ['tbody', 'thead', 'tfoot', 'tr', 'td', 'th', 'caption'], within: ['table'] }],
  ['rt', { ends: ['rt', 'rp', 'rb'], within: ['ruby', 'rtc'] }],
  ['rp', { ends: ['rt', 'rp', 'rb'], within: ['ruby', 'rtc'] }],
  ['rb', { ends: ['rt', 'rp', 'rb', 'rtc'], within: ['ruby'] }],
  ['rtc', { ends: ['rt', 'rp', 'rb', 'rtc'], within: ['ruby'] }],
  ['body', { ends: ['head', 'noscript', 'title'], within: [] }],
  ['a', { ends: ['a'], within: ['table', 'td', 'th', 'caption'] }],
  ['button', { ends: ['button'], within: ['table', 'td', 'th', 'caption'] }],
]);
