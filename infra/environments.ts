import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Producer } from './producers.ts';

export const environmentNames = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/**
 * The ways in which traffic moves to a new version of a function: by CloudFormation without a check; by CodeDeploy all
 * at once; or by CodeDeploy a tenth first, with a rollback if it fails.
 */
export const deployments = ['plain', 'at-once', 'gradual'] as const;
export type Deployment = (typeof deployments)[number];

/**
 * The people who may delete locked anchors: those with a right of their own for it, after they have changed the policy of
 * the bucket (governance), or nobody before the time is up (compliance).
 */
export type AnchorLock = 'governance' | 'compliance';

export const anchorLocks: readonly AnchorLock[] = ['governance', 'compliance'];

/**
 * The differences between the environments that Sluice is deployed to. Everything else is the same, so that it is tried
 * before it reaches production.
 */
export interface Environment {
  readonly name: EnvironmentName;

  /** Whether tables, bus, archive and buckets outlive their stack and refuse deletion. */
  readonly keepData: boolean;

  readonly deployment: Deployment;

  /**
   * The time for which the archive can replay events, and so the time for which events of an erased lead live on in it.
   */
  readonly archiveRetention: Duration;

  /** The time for which failed records are stored. They hold personal data. */
  readonly failedRecordsRetention: Duration;

  /** The time for which anchors are locked if data outlives the stack, and after which they are deleted. */
  readonly anchorRetention: Duration;
  readonly anchorLock: AnchorLock;

  readonly logRetention: RetentionDays;

  /**
   * Whether stored data is encrypted by a key of the account, in place of keys of AWS. A key costs by month and use.
   */
  readonly customerManagedKeys: boolean;

  /** The producers that may put events on the bus. If the list is empty, the account's policies alone decide. */
  readonly producers: readonly Producer[];

  /** The most batches that are scored at once. */
  readonly scoringConcurrency: number;

  /** Whether the environment may be deployed without a topic for its alarms. */
  readonly alarmTopicIsOptional: boolean;

  /** Whether the environment may be deployed without naming a model: the shipped one is the first then. */
  readonly modelIsOptional: boolean;
}

const dev: Environment = {
  name: 'dev',
  keepData: false,
  deployment: 'plain',
  archiveRetention: Duration.days(3),
  failedRecordsRetention: Duration.days(3),
  anchorRetention: Duration.days(30),
  anchorLock: 'governance',
  logRetention: RetentionDays.ONE_WEEK,
  customerManagedKeys: false,
  producers: [],
  scoringConcurrency: 20,
  alarmTopicIsOptional: true,
  modelIsOptional: true,
};

const prod: Environment = {
  name: 'prod',
  keepData: true,
  deployment: 'gradual',
  archiveRetention: Duration.days(30),
  failedRecordsRetention: Duration.days(30),
  anchorRetention: Duration.days(400),
  anchorLock: 'governance',
  logRetention: RetentionDays.ONE_MONTH,
  customerManagedKeys: false,
  producers: [],
  scoringConcurrency: 20,
  alarmTopicIsOptional: false,
  modelIsOptional: false,
};

/** The same as prod in everything that a deployment could fail at. Only a topic of alarms and a model may be missing. */
const staging: Environment = {
  ...prod,
  name: 'staging',
  alarmTopicIsOptional: true,
  modelIsOptional: true,
};

const environments: Readonly<Record<EnvironmentName, Environment>> = { dev, staging, prod };

/**
 * Returns the environment of a name.
 *
 * @throws Error for any other name: a typing error must not make a fourth environment, or leave prod unprotected
 */
export const parseEnvironment = (given: unknown): Environment => {
  const name = environmentNames.find((each) => each === given);
  if (name !== undefined) return environments[name];
  throw new Error(
    `context environment: given ${JSON.stringify(given)}; allowed: ${environmentNames.join(', ')}`,
  );
};
