/** The settings of the console on AWS, as the context gives them. */
export interface ConsoleSettings {
  /** The source of its sign-in: a user pool of Cognito's that is deployed with it, or the issuer of the API's tokens. */
  readonly signIn: SignIn;

  /** The domain of the account's own, in place of one of CloudFront's. */
  readonly domain: ConsoleDomain | undefined;
}

/** A way to sign in. */
type SignIn =
  | { readonly by: 'cognito' }
  | {
      readonly by: 'issuer';
      /** The id of the client by which the page signs in: one without a secret. */
      readonly clientId: string;
      /** The scopes that the page asks for, divided by spaces. */
      readonly scope: string;
      /** The origins that the page needs beside that of the issuer, such as that of its tokens. */
      readonly origins: readonly string[];
    };

export interface ConsoleDomain {
  /** The host: `console.example.com`. */
  readonly name: string;
  /** A certificate of the host in us-east-1, where CloudFront looks for it. */
  readonly certificateArn: string;
}

type FromContext = (key: string) => unknown;

/** The context values that mean something for the console alone. */
const ofConsole = [
  'signIn',
  'clientId',
  'scope',
  'signInOrigins',
  'consoleDomain',
  'consoleCertificate',
] as const;

/** Those that say how to sign in at an issuer. A user pool that is deployed with the console has all of them itself. */
const ofIssuer = ['issuer', 'audience', 'clientId', 'scope', 'signInOrigins'] as const;

/** The scopes that the page asks for unless the context names others: who the person is, and each role. */
const everyRole = 'openid sluice/viewer sluice/seller sluice/admin';

const refuse = (name: string, given: unknown, allowed: string): never => {
  const what = given === undefined ? 'not given' : `given ${JSON.stringify(given)}`;
  throw new Error(`context ${name}: ${what}; allowed: ${allowed}`);
};

const readText = (name: string, given: unknown, form: RegExp, allowed: string): string =>
  typeof given === 'string' && form.test(given) ? given : refuse(name, given, allowed);

const isOrigin = (given: unknown): given is string =>
  typeof given === 'string' &&
  URL.canParse(given) &&
  given.startsWith('https://') &&
  new URL(given).origin === given;

const parseList = (given: unknown): unknown => {
  if (typeof given !== 'string' || !given.startsWith('[')) return typeof given === 'string' ? [given] : given;
  try {
    return JSON.parse(given);
  } catch {
    return undefined;
  }
};

const readOrigins = (given: unknown): readonly string[] => {
  if (given === undefined) return [];
  const list = parseList(given);
  return Array.isArray(list) && list.length > 0 && list.length <= 10 && list.every(isOrigin)
    ? list
    : refuse(
        'signInOrigins',
        given,
        'an https origin without a path, such as https://tokens.example.com, or up to 10 of them as a list in JSON',
      );
};

const readSignIn = (fromContext: FromContext): SignIn => {
  const given = fromContext('signIn');
  if (given === 'cognito') {
    const other = ofIssuer.find((name) => fromContext(name) !== undefined);
    if (other === undefined) return { by: 'cognito' };
    return refuse(other, fromContext(other), 'nothing with signIn=cognito, whose user pool is the issuer');
  }
  if (given !== undefined)
    return refuse('signIn', given, 'cognito; or nothing, with issuer, audience and clientId');
  if (fromContext('issuer') === undefined)
    return refuse(
      'issuer',
      undefined,
      'with console, the issuer of its tokens; or signIn=cognito in its place',
    );
  return {
    by: 'issuer',
    clientId: readText(
      'clientId',
      fromContext('clientId'),
      /^[\x21-\x7e]{1,200}$/,
      'with console, the id of its client at the issuer, 1 to 200 characters without spaces',
    ),
    scope: readText(
      'scope',
      fromContext('scope') ?? everyRole,
      /^(?=.{1,1000}$)(?=.*\bopenid\b)[\x21-\x7e]+( [\x21-\x7e]+)*$/,
      'scopes divided by single spaces, of which one is openid, up to 1,000 characters',
    ),
    origins: readOrigins(fromContext('signInOrigins')),
  };
};

const readDomain = (fromContext: FromContext): ConsoleDomain | undefined => {
  const [name, certificate] = [fromContext('consoleDomain'), fromContext('consoleCertificate')];
  if (name === undefined && certificate === undefined) return undefined;
  return {
    name: readText(
      'consoleDomain',
      name,
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
      'a host in small letters, such as console.example.com, together with consoleCertificate',
    ),
    certificateArn: readText(
      'consoleCertificate',
      certificate,
      /^arn:aws[a-z-]*:acm:us-east-1:\d{12}:certificate\/[A-Za-z0-9-]{1,64}$/,
      'the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:ACCOUNT:certificate/ID, together with consoleDomain',
    ),
  };
};

/**
 * Reads the settings of the console.
 *
 * @returns undefined if the context doesn't ask for the console
 * @throws Error for a wrong value, for one that is missing, and for one that means nothing without the console
 */
export const readConsoleSettings = (fromContext: FromContext): ConsoleSettings | undefined => {
  const wanted = String(fromContext('console') ?? false);
  if (wanted === 'true') return { signIn: readSignIn(fromContext), domain: readDomain(fromContext) };
  if (wanted !== 'false') return refuse('console', fromContext('console'), 'true, false');
  const stray = ofConsole.find((name) => fromContext(name) !== undefined);
  if (stray === undefined) return undefined;
  return refuse(stray, fromContext(stray), 'with console=true alone');
};
