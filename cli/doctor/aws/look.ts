import { type Finding, problem, unknown } from '../finding.ts';

/** The configuration of every client here: few tries and short waits, since a check must end soon. */
export interface LookConfig {
  readonly region: string;
  /** The profile of the AWS configuration. @default - that of the environment */
  readonly profile?: string;
}

/** Returns the configuration of a client that gives up soon. */
export const impatient = ({ region, profile }: LookConfig) => ({
  region,
  ...(profile !== undefined && { profile }),
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
});

/** The longest that one question to AWS may take, with looking for credentials and a second try. */
const patienceMs = 12_000;

/** An error of AWS or of the way to it. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

export type Answer<T> = { readonly value: T } | { readonly failure: Failure };

/** Returns the answer of AWS to a question, or why there is none. It never takes longer than the patience. */
export const ask = async <T>(question: () => Promise<T>, patience = patienceMs): Promise<Answer<T>> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        Object.assign(new Error(`no answer within ${patience / 1_000} s`), { name: 'TimeoutError' }),
      ),
    patience,
  );
  try {
    return { value: await Promise.race([question(), late.promise]) };
  } catch (error) {
    const { name, message, code } = error as Partial<Error & { code: string }>;
    return {
      failure: {
        name: name === 'Error' && code ? code : (name ?? 'Error'),
        message: message ?? String(error),
      },
    };
  } finally {
    clearTimeout(timer);
  }
};

const isDenied = ({ name }: Failure): boolean =>
  /^(AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(name);

const isWithout = ({ name }: Failure): boolean => /^(Credentials|Token)ProviderError$/.test(name);

const isExpired = ({ name, message }: Failure): boolean =>
  /^ExpiredToken/.test(name) || (isWithout({ name, message }) && /expired/i.test(message));

const isUnknownToAws = ({ name }: Failure): boolean =>
  /^(InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature|AuthFailure|InvalidAccessKeyId|IncompleteSignature)/.test(
    name,
  );

const signIn =
  'sign in (`aws sso login`, `aws login`), or set AWS_PROFILE or the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';

/** Returns the finding if credentials are the reason of a failure, or if AWS was not reached. */
export const explainFailure = (check: string, failure: Failure): Finding => {
  const { name, message } = failure;
  if (isExpired(failure)) return problem(check, `the credentials have expired (${message})`, signIn);
  if (isWithout(failure)) return problem(check, `no credentials (${message})`, signIn);
  if (isUnknownToAws(failure)) {
    const hint = 'a region that is not enabled in the account answers in the same way';
    return problem(check, `AWS does not accept the credentials (${name}: ${message})`, `${signIn}; ${hint}`);
  }
  return problem(
    check,
    `AWS could not be asked (${name}: ${message})`,
    'check the network, the proxy and the region',
  );
};

/** Returns the finding for a question that AWS didn't answer. @param right the permission that the question needs */
export const explainUnknown = (check: string, failure: Failure, right: string): Finding =>
  isDenied(failure)
    ? unknown(check, `could not look, needs ${right}`)
    : unknown(check, `could not look (${failure.name}: ${failure.message})`);
