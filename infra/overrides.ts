import { anchorLocks, deployments, type Environment } from './environments.ts';
import { parseProducers } from './producers.ts';

type FromContext = (key: string) => unknown;

/** Returns a switch of the context. Anything but true and false is refused, since a switch may guard data. */
const parseSwitch = (name: string, given: unknown): boolean =>
  parseChoice(name, String(given), ['true', 'false']) === 'true';

/**
 * Returns one of the allowed values.
 *
 * @throws Error for anything else: a typing error must not leave less protected than intended
 */
const parseChoice = <T extends string>(name: string, given: unknown, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === given);
  if (found !== undefined) return found;
  throw new Error(`context ${name}: given ${JSON.stringify(given)}; allowed: ${allowed.join(', ')}`);
};

type Overridable = Pick<
  Environment,
  'keepData' | 'anchorLock' | 'customerManagedKeys' | 'deployment' | 'producers'
>;

const readers: { readonly [K in keyof Overridable]: (given: unknown) => Overridable[K] } = {
  keepData: (given) => parseSwitch('keepData', given),
  anchorLock: (given) => parseChoice('anchorLock', given, anchorLocks),
  customerManagedKeys: (given) => parseSwitch('customerManagedKeys', given),
  deployment: (given) => parseChoice('deployment', given, deployments),
  producers: parseProducers,
};

/** Returns the context values that override the environment, such as `-c keepData=false`. */
export const readOverrides = (fromContext: FromContext): Partial<Overridable> =>
  Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) => {
      const given = fromContext(name);
      return given === undefined ? [] : [[name, read(given)]];
    }),
  );

const regionOf = (arn: string): string | undefined => arn.split(':')[3];

const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

/**
 * Checks the topic of the alarms.
 *
 * @param region the region of the stacks, if it is known
 * @throws Error if nobody would be notified of alarms, if the ARN is not one of a topic, or if the topic is in another
 *   region: CloudWatch would refuse it at the end of the deployment
 */
export const checkAlarmTopic = (
  { name, alarmTopicIsOptional }: Environment,
  alarmTopicArn: string | undefined,
  region?: string,
): void => {
  const allowed = 'allowed: the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME';
  if (alarmTopicArn === undefined && !alarmTopicIsOptional) {
    throw new Error(
      `context alarmTopicArn: not given, and nobody would hear the alarms of ${name}; ${allowed}`,
    );
  }
  if (alarmTopicArn !== undefined && !topicArn.test(alarmTopicArn)) {
    throw new Error(`context alarmTopicArn: given ${JSON.stringify(alarmTopicArn)}; ${allowed}`);
  }
  if (alarmTopicArn === undefined || region === undefined || regionOf(alarmTopicArn) === region) return;
  throw new Error(
    `context alarmTopicArn: given ${JSON.stringify(alarmTopicArn)}; allowed: a topic in ${region}, the region of the ` +
      'stacks, since an alarm can notify no topic of another region',
  );
};
