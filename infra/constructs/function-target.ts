import { type Duration, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IScheduleTarget, ScheduleTargetConfig } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { grantKey } from './key-grants.ts';

export interface FunctionTargetProps {
  readonly fn: IFunction;

  /** How often the scheduler tries again to invoke the function, 0 to 185. Whether that one fails is its own matter. */
  readonly retryAttempts: number;

  /** How long it does, at least a minute. */
  readonly maxAge: Duration;

  /**
   * Where an invocation goes that wasn't possible.
   *
   * @default - nowhere
   */
  readonly deadLetters?: IQueue;
}

/** A function as the target of a schedule. The CDK's own would allow the scheduler to invoke every version and alias. */
export class FunctionTarget implements IScheduleTarget {
  readonly #config: ScheduleTargetConfig;

  /** @param scope gets the role that the scheduler takes on, as `ScheduleRole` */
  constructor(scope: Construct, props: FunctionTargetProps) {
    const { fn, deadLetters, retryAttempts, maxAge } = props;
    this.#config = {
      arn: fn.functionArn,
      role: scheduleRole(scope, props),
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
  const role = new Role(scope, 'ScheduleRole', {
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
