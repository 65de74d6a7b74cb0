const escapes: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** Escapes a text, line ends included: a parser would normalise them. */
const escapeText = (text: string): string =>
  text.replaceAll(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may contain them
    /[&<>"\u0000-\u001f]/g,
    (character) => escapes.get(character) ?? `&#x${character.charCodeAt(0).toString(16)};`,
  );

type XmlContent = string | number | boolean | readonly XmlElement[];
export type XmlElement = readonly [name: string, content: XmlContent | undefined];

/** Writes elements as XML. Elements without content are left out. */
const xml = (elements: readonly XmlElement[]): string =>
  elements
    .map(([name, content]) => {
      if (content === undefined) return '';
      const inner = Array.isArray(content) ? xml(content) : escapeText(String(content));
      return `<${name}>${inner}</${name}>`;
    })
    .join('');

export const xmlDocument = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xml([root])}`;
