import { Duration } from 'aws-cdk-lib';
import { CfnRule, type IRuleTarget, type RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** The longest retries that EventBridge offers: if SQS is unavailable, waiting is the best option. */
const retryPolicy = {
  maximumRetryAttempts: 185,
  maximumEventAgeInSeconds: Duration.hours(24).toSeconds(),
};

/** Allows a rule to send to the queue, and nothing else. */
const allowRule = (queue: Queue, ruleArn: string): void => {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
    }),
  );
};

/**
 * A queue as the target of rules, with a queue for what can't be delivered. The CDK's own `SqsQueue` would also let
 * EventBridge look the queue up and, if a key encrypts the queue, let any rule of the account send.
 */
export class QueueTarget implements IRuleTarget {
  readonly #queue: Queue;
  readonly #undeliverable: Queue;

  constructor(queue: Queue, undeliverable: Queue) {
    this.#queue = queue;
    this.#undeliverable = undeliverable;
  }

  bind(rule: Parameters<IRuleTarget['bind']>[0]): RuleTargetConfig {
    const ruleArn = CfnRule.arnForRule(rule);
    for (const queue of [this.#queue, this.#undeliverable]) allowRule(queue, ruleArn);
    return {
      arn: this.#queue.queueArn,
      targetResource: this.#queue,
      deadLetterConfig: { arn: this.#undeliverable.queueArn },
      retryPolicy,
    };
  }
}
