import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Producer } from './producers.ts';

export const environmentNames = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof environmentNames)[number];

/**
 * How traffic moves to a new version of a function: by CloudFormation, without looking back; by CodeDeploy, all of it
 * at once; or a tenth of it first, and back where it fails.
 */
export const deployments = ['plain', 'at-once', 'gradual'] as const;
export type Deployment = (typeof deployments)[number];

/** Who may take away what is locked: nobody before its time, or those with a right of their own for it. */
export type AnchorLock = 'governance' | 'compliance';

export const anchorLocks: readonly AnchorLock[] = ['governance', 'compliance'];

/** What differs between the places that Sluice is deployed to. All else is the same, so that it was tried before. */
export interface Environment {
  readonly name: EnvironmentName;

  /** Whether tables, bus, archive and buckets outlive their stack and refuse deletion. */
  readonly keepData: boolean;

  readonly deployment: Deployment;

  /** How long the archive can replay what was on the bus, and so how long events of an erased lead live on in it. */
  readonly archiveRetention: Duration;

  /** How long records that couldn't be published are kept for mending. They hold personal data. */
  readonly failedRecordsRetention: Duration;

  /** How long anchors are locked, where data is kept, and when they go. */
  readonly anchorRetention: Duration;
  readonly anchorLock: AnchorLock;

  readonly logRetention: RetentionDays;

  /** Whether what is kept is encrypted by a key of the account, in place of keys of AWS. A key costs by month and use. */
  readonly customerManagedKeys: boolean;

  /** Who may put events on the bus, and which. While there is none, whoever the account lets may put any. */
  readonly producers: readonly Producer[];

  /** The most batches that are scored at once. */
  readonly scoringConcurrency: number;

  /** Whether it may be deployed with nobody hearing of its alarms. */
  readonly mayBeUnheard: boolean;
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
  mayBeUnheard: true,
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
  mayBeUnheard: false,
};

/** As prod in everything that a deployment could fail at; only its alarms may ring for nobody. */
const staging: Environment = { ...prod, name: 'staging', mayBeUnheard: true };

const environments: Readonly<Record<EnvironmentName, Environment>> = { dev, staging, prod };

/** @throws Error for any other name: a typing error must not make a fourth environment, or leave prod unprotected */
export const environmentOf = (given: unknown): Environment => {
  const name = environmentNames.find((each) => each === given);
  if (name !== undefined) return environments[name];
  throw new Error(
    `context environment: given ${JSON.stringify(given)}; allowed: ${environmentNames.join(', ')}`,
  );
};
