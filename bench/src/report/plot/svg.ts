/** Text as it may stand in SVG, in an attribute too. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/**
 * An SVG element as text.
 * @param content SVG already; texts are to be `escaped`.
 */
export function element(name: string, attributes: Readonly<Record<string, string | number>>, content = ''): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    return ` ${key}="${typeof value === 'number' ? String(Math.round(value * 100) / 100) : escaped(value)}"`;
  });
  return content === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${content}</${name}>`;
}

/** A line of text. */
export function label(text: string, attributes: Readonly<Record<string, string | number>>): string {
  return element('text', attributes, escaped(text));
}
