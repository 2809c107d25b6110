/** Small capitals and old-style digits of Adobe's fonts, which are private characters: `ꜱ` as U+F773, `1` as U+F731. */
const VARIANTS = /[\uf6d9-\uf6db\uf730-\uf739\uf761-\uf77a\uf7e0-\uf7f6\uf7f8-\uf7fe]/g;
const SIGNS: Readonly<Record<string, string>> = { '\uf6d9': '©', '\uf6da': '®', '\uf6db': '™' };
const FIRST = 0xf700;

/** Replaces variants of letters and digits by the plain letters and digits. */
export function withoutVariants(text: string): string {
  return text.replace(VARIANTS, (variant) => {
    const sign = SIGNS[variant];
    if (sign !== undefined) return sign;
    const code = variant.charCodeAt(0) - FIRST;
    return String.fromCharCode(code).toUpperCase();
  });
}
