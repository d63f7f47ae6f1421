/**
 * Elements that make a browser, or PHP, take a file for a program; those of XMP, `x:xmpmeta` and `rdf:RDF`, do not. The
 * name has to end as in HTML: `<svg` alone is in one of fifty photos of 10 MB by chance.
 */
const MARKUP = /<(?:script|html|body|svg|iframe|\?php|!doctype html)[\t\n\f\r />]/i

/** The record that ends a ZIP, with a comment of at most 65,535 bytes behind its 22. */
const ZIP_END = 'PK\u0005\u0006'
const ZIP_END_WITHIN = 65_557

/**
 * What another program would take a file for; undefined if nothing is found.
 * @param text of the file, a character for each byte
 */
export function findDisguise(text: string): string | undefined {
  if (text.slice(-ZIP_END_WITHIN).includes(ZIP_END)) return 'The file is an archive too'
  return MARKUP.test(text) ? 'The file is a web page or a program too' : undefined
}
