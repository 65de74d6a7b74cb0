import { printable } from '../../output/printable.ts';

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);

/** Returns a text from outside for the content and the attributes of XML, without characters that XML forbids. */
export const escapeXml = (text: string): string =>
  printable(text).replaceAll(/[&<>"']/g, (character) => entities.get(character) ?? character);
