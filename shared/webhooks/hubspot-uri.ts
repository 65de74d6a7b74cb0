/** The escapes that HubSpot decodes in a URI before it signs it. Source: HubSpot's guide to request validation. */
const decoded: ReadonlyMap<string, string> = new Map(
  [...":/?@!$'()*,;"].map((character) => [
    `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    character,
  ]),
);

/**
 * Returns a URI as HubSpot signs it: some escapes are decoded, all others stay.
 *
 * @example decodeHubspotUri('https://example.com/a?b=c%3Ad%20e') // 'https://example.com/a?b=c:d%20e'
 */
export const decodeHubspotUri = (uri: string): string =>
  uri.replaceAll(/%[0-9A-Fa-f]{2}/g, (code) => decoded.get(code.toUpperCase()) ?? code);
