import { type AnchorLock, anchorLocks } from './constructs/anchors-bucket.ts';
import type { Environment } from './environments.ts';
import { parseProducers } from './producers.ts';

type FromContext = (key: string) => unknown;

/** A switch of the context. Anything but true and false is refused: it may guard data. */
const switchOf = (name: string, given: unknown): boolean => {
  const text = String(given);
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Error(`context ${name}: given ${JSON.stringify(given)}; allowed: true, false`);
};

/** @throws Error for anything but a lock: a typing error must not leave anchors less protected than was meant */
const lockOf = (given: unknown): AnchorLock => {
  const lock = anchorLocks.find((each) => each === given);
  if (lock !== undefined) return lock;
  throw new Error(`context anchorLock: given ${JSON.stringify(given)}; allowed: ${anchorLocks.join(', ')}`);
};

/** What the context says that is to be otherwise than in the environment, such as `-c keepData=false`. */
export const overridesIn = (fromContext: FromContext): Partial<Environment> => {
  const [keepData, anchorLock, ownKeys, producers] = [
    'keepData',
    'anchorLock',
    'customerManagedKeys',
    'producers',
  ].map(fromContext);
  return {
    ...(keepData !== undefined && { keepData: switchOf('keepData', keepData) }),
    ...(anchorLock !== undefined && { anchorLock: lockOf(anchorLock) }),
    ...(ownKeys !== undefined && { customerManagedKeys: switchOf('customerManagedKeys', ownKeys) }),
    ...(producers !== undefined && { producers: parseProducers(producers) }),
  };
};

const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

/** @throws Error where alarms would ring for nobody, or at what is no topic */
export const checkHeard = ({ name, mayBeUnheard }: Environment, alarmTopicArn: string | undefined): void => {
  const allowed = 'allowed: the ARN of an SNS topic, arn:aws:sns:REGION:ACCOUNT:NAME';
  if (alarmTopicArn === undefined && !mayBeUnheard) {
    throw new Error(
      `context alarmTopicArn: not given, and nobody would hear the alarms of ${name}; ${allowed}`,
    );
  }
  if (alarmTopicArn !== undefined && !topicArn.test(alarmTopicArn)) {
    throw new Error(`context alarmTopicArn: given ${JSON.stringify(alarmTopicArn)}; ${allowed}`);
  }
};
