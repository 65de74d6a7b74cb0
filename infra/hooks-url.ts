const isHooksUrl = (given: unknown): given is string => {
  if (typeof given !== 'string' || !URL.canParse(given) || /[\s?#]|\/$/.test(given)) return false;
  const { protocol, username, password } = new URL(given);
  return protocol === 'https:' && username === '' && password === '';
};

/**
 * Reads the URL at which webhooks arrive, to which paths such as `/hooks/hubspot` are appended. A source that signs the
 * URL signs what it was told, so that a wrong one would make every signature wrong.
 *
 * @returns undefined if none is given: then it is that of the API
 * @throws Error for a wrong value, or one without sources
 */
export const readHooksUrl = (given: unknown, sources: unknown): string | undefined => {
  if (given === undefined) return undefined;
  if (sources === undefined)
    throw new Error('context hooksUrl: given, but sources is not; allowed: both, or sources alone');
  if (isHooksUrl(given)) return given;
  throw new Error(
    `context hooksUrl: given ${JSON.stringify(given)}; allowed: an https URL without a slash at its end, query or ` +
      'fragment, to which /hooks/SOURCE is appended, such as https://hooks.example.com',
  );
};
