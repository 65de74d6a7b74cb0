/** The settings of the page: by whom it signs people in. They are a file beside the page, `config.json`. */
export interface ConsoleConfig {
  /** The name of the issuer, as its tokens have it. */
  readonly issuer: string;
  /** The address at which the issuer describes itself, in the form of OpenID Connect Discovery. */
  readonly discovery: string;
  /** The id by which the issuer knows the console. */
  readonly clientId: string;
  /** The scopes to ask for, divided by spaces. */
  readonly scope: string;
  /** Whether the console runs on this machine, where HTTP is safe and the page Try it exists. */
  readonly local: boolean;
}

const textFields = ['issuer', 'discovery', 'clientId', 'scope'] as const;

const isUrl = (value: unknown, local: boolean): boolean =>
  typeof value === 'string' &&
  URL.canParse(value) &&
  (new URL(value).protocol === 'https:' || (local && new URL(value).protocol === 'http:'));

/**
 * Parses the settings.
 *
 * @throws Error that names the field, its value and what is allowed
 */
export const parseConfig = (value: unknown): ConsoleConfig => {
  if (typeof value !== 'object' || value === null) throw new Error('config.json: allowed is an object');
  const given = value as Partial<Record<keyof ConsoleConfig, unknown>>;
  const refuse = (field: keyof ConsoleConfig, allowed: string): never => {
    throw new Error(`config.json: ${field}: given ${JSON.stringify(given[field])}; allowed: ${allowed}`);
  };
  if (typeof given.local !== 'boolean') refuse('local', 'true, false');
  for (const field of textFields)
    if (typeof given[field] !== 'string' || given[field] === '') refuse(field, 'a text');
  for (const field of ['issuer', 'discovery'] as const)
    if (!isUrl(given[field], given.local === true)) refuse(field, 'a URL with https:');
  const { issuer, discovery, clientId, scope, local } = given as ConsoleConfig;
  return { issuer, discovery, clientId, scope, local };
};

/**
 * Loads the settings of the page.
 *
 * @throws Error if they can't be loaded or are wrong
 */
export const loadConfig = async (): Promise<ConsoleConfig> => {
  const response = await fetch('/console/config.json', { cache: 'no-cache', redirect: 'error' });
  if (!response.ok) throw new Error(`config.json: the answer is ${response.status}`);
  return parseConfig(await response.json());
};
