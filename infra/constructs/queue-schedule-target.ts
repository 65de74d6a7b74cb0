import { type Duration, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type IScheduleTarget,
  type ScheduleTargetConfig,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { grantKey } from './key-grants.ts';
import { OwnRole } from './own-role.ts';

export interface QueueScheduleTargetProps {
  readonly queue: IQueue;

  /** The body of the message. */
  readonly message: object;

  /** The time for which the scheduler tries to send a message, at least a minute. */
  readonly maxAge: Duration;
}

/** A queue as the target of a schedule. A message that can't be sent in time is dropped: the next one says the same. */
export class QueueScheduleTarget implements IScheduleTarget {
  readonly #config: ScheduleTargetConfig;

  /** @param scope the construct in which the scheduler's role is created, as `ScheduleRole` */
  constructor(scope: Construct, { queue, message, maxAge }: QueueScheduleTargetProps) {
    this.#config = {
      arn: queue.queueArn,
      role: sendingRole(scope, queue),
      input: ScheduleTargetInput.fromObject(message),
      retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: maxAge.toSeconds() },
    };
  }

  bind(): ScheduleTargetConfig {
    return this.#config;
  }
}

const sendingRole = (scope: Construct, queue: IQueue): Role => {
  const role = new OwnRole(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['sqs:SendMessage'], resources: [queue.queueArn] }),
  );
  grantKey(queue.encryptionMasterKey, role, 'sending');
  return role;
};
