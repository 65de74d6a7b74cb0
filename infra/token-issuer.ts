/** The issuer of the tokens by which the API knows people, and the values that say that a token is meant for it. */
export interface TokenIssuer {
  /** The URL that tokens have as `iss`. API Gateway finds the keys of the issuer below it. */
  readonly issuer: string;
  /** The values that tokens may have as `aud`, or else as `client_id`. */
  readonly audience: readonly string[];
}

/** An issuer as it is given, in the context or by whoever builds the app. */
export interface GivenIssuer {
  readonly issuer?: unknown;
  readonly audience?: unknown;
}

const urls =
  'allowed: the https URL of an OpenID Connect issuer, as its tokens have it in iss, without /.well-known/…';
const audiences =
  'allowed: what tokens have in aud or client_id, 1 to 200 characters without spaces; or up to 50 of them as a list in JSON';

const show = (given: unknown): string => JSON.stringify(given);

const isIssuer = (given: unknown): given is string => {
  if (typeof given !== 'string' || !URL.canParse(given) || /[\s?#]|\/\.well-known\//.test(given))
    return false;
  const { protocol, username, password } = new URL(given);
  return protocol === 'https:' && username === '' && password === '';
};

/** The most audiences of an authorizer. Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const mostAudiences = 50;

const fromText = (given: string): unknown => {
  if (!given.startsWith('[')) return [given];
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
};

const isAudience = (given: unknown): given is string =>
  typeof given === 'string' && /^\S{1,200}$/.test(given);

/** Returns the audiences: one, a list, or the JSON of a list as in `-c audience='["a","b"]'`. */
const parseAudiences = (given: unknown): readonly string[] | undefined => {
  const list = typeof given === 'string' ? fromText(given) : given;
  if (!Array.isArray(list) || list.length < 1 || list.length > mostAudiences) return undefined;
  return list.every(isAudience) && new Set(list).size === list.length ? list : undefined;
};

/**
 * Reads the issuer of the tokens of people.
 *
 * @returns undefined if neither issuer nor audience is given: then the API has no door for people
 * @throws Error for a wrong value, or one without the other: without an audience, any token of the issuer would do
 */
export const readTokenIssuer = ({ issuer, audience }: GivenIssuer): TokenIssuer | undefined => {
  if (issuer === undefined && audience === undefined) return undefined;
  if (issuer === undefined) throw new Error(`context issuer: not given, but audience is; ${urls}`);
  if (audience === undefined) throw new Error(`context audience: not given, but issuer is; ${audiences}`);
  if (!isIssuer(issuer)) throw new Error(`context issuer: given ${show(issuer)}; ${urls}`);
  const list = parseAudiences(audience);
  if (list === undefined) throw new Error(`context audience: given ${show(audience)}; ${audiences}`);
  return { issuer, audience: list };
};
