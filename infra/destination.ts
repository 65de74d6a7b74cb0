import { RegionInfo } from 'aws-cdk-lib/region-info';
import { orMeant } from '../shared/suggest/index.ts';

/** The place in AWS that a deployment goes to, and the name that tells it from others in the same account and region. */
export interface Destination {
  /** The first part of the names of stacks, bus, rules, metrics and dashboard. */
  readonly name: string;

  /** @default - that of the CDK's command: of the environment or of the AWS configuration */
  readonly region?: string;

  /** @default - that of the credentials */
  readonly account?: string;
}

/** The name of a deployment that was given none. Deployments of versions without names have it. */
export const defaultName = 'Sluice';

/** The longest name: with it, the longest name of a rule still has room for the 64 characters that EventBridge takes. */
const longestName = 16;

const nameForm = /^[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*$/;

/** The beginnings of names that S3 refuses. Buckets are named after their stack, in small letters. */
const refusedByS3 = /^(sthree|amzn-s3-demo)(-|$)/i;

type FromContext = (key: string) => unknown;

const refuse = (context: string, given: unknown, allowed: string): never => {
  throw new Error(`context ${context}: given ${JSON.stringify(given)}; allowed: ${allowed}`);
};

const parseName = (given: unknown): string =>
  typeof given === 'string' && given.length <= longestName && nameForm.test(given) && !refusedByS3.test(given)
    ? given
    : refuse(
        'name',
        given,
        `1 to ${longestName} letters, digits and single hyphens, from a letter to a letter or digit, and no beginning ` +
          'that S3 refuses (sthree, amzn-s3-demo)',
      );

const parseRegion = (given: unknown): string => {
  const known = RegionInfo.regions.map(({ name }) => name);
  if (typeof given === 'string' && known.includes(given)) return given;
  return refuse(
    'region',
    given,
    orMeant('the code of an AWS region, such as eu-central-1', String(given), known),
  );
};

// A number may have lost its leading zeros, so only a text is an id.
const parseAccount = (given: unknown): string =>
  typeof given === 'string' && /^\d{12}$/.test(given)
    ? given
    : refuse('account', given, 'the 12 digits of an AWS account, as a text');

/**
 * Returns the destination that the context names.
 *
 * @throws Error for a name, region or account that AWS would refuse, or that means another place than intended
 */
export const readDestination = (fromContext: FromContext): Destination => {
  const [name, region, account] = ['name', 'region', 'account'].map(fromContext);
  return {
    name: name === undefined ? defaultName : parseName(name),
    ...(region !== undefined && { region: parseRegion(region) }),
    ...(account !== undefined && { account: parseAccount(account) }),
  };
};

/**
 * Returns the region that the stacks are deployed to, or `undefined` if nothing says it. The CDK's command reports the
 * region that it would use; without an account it is only a guess.
 */
export const findRegion = (
  { region }: Destination,
  { CDK_DEFAULT_ACCOUNT, CDK_DEFAULT_REGION }: NodeJS.ProcessEnv = process.env,
): string | undefined => region ?? (CDK_DEFAULT_ACCOUNT ? CDK_DEFAULT_REGION : undefined);
