import { type Duration, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type IScheduleTarget,
  type ScheduleTargetConfig,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { grantKey } from './key-grants.ts';
import { OwnRole } from './own-role.ts';

export interface FunctionTargetProps {
  readonly fn: IFunction;

  /**
   * The number of times that the scheduler retries to invoke the function, 0 to 185. It doesn't count failures of the
   * function.
   */
  readonly retryAttempts: number;

  /** The time for which the scheduler retries, at least a minute. */
  readonly maxAge: Duration;

  /**
   * The queue for invocations that weren't possible.
   *
   * @default - none
   */
  readonly deadLetters?: IQueue;

  /**
   * The event that the function gets.
   *
   * @default - the scheduler's own
   */
  readonly input?: object;
}

/**
 * A function as the target of a schedule. The CDK's own target would allow the scheduler to invoke every version and
 * alias.
 */
export class FunctionTarget implements IScheduleTarget {
  readonly #config: ScheduleTargetConfig;

  /** @param scope the construct in which the scheduler's role is created, as `ScheduleRole` */
  constructor(scope: Construct, props: FunctionTargetProps) {
    const { fn, deadLetters, retryAttempts, maxAge, input } = props;
    this.#config = {
      arn: fn.functionArn,
      role: scheduleRole(scope, props),
      ...(input && { input: ScheduleTargetInput.fromObject(input) }),
      ...(deadLetters && { deadLetterConfig: { arn: deadLetters.queueArn } }),
      retryPolicy: { maximumRetryAttempts: retryAttempts, maximumEventAgeInSeconds: maxAge.toSeconds() },
    };
  }

  bind(): ScheduleTargetConfig {
    return this.#config;
  }
}

const scheduleRole = (scope: Construct, { fn, deadLetters }: FunctionTargetProps): Role => {
  const { account } = Stack.of(scope);
  const role = new OwnRole(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    }),
  });
  const allow = (action: string, resource: string) =>
    role.addToPolicy(new PolicyStatement({ effect: Effect.ALLOW, actions: [action], resources: [resource] }));
  allow('lambda:InvokeFunction', fn.functionArn);
  if (deadLetters) allow('sqs:SendMessage', deadLetters.queueArn);
  grantKey(deadLetters?.encryptionMasterKey, role, 'sending');
  return role;
};
