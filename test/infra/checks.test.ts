import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { buildTemplates } from './synthesized.ts';

const { app } = buildTemplates();

const listFindings = (checks: AwsSolutionsChecks, scope: App): string[] =>
  checks.validateScope(scope).violations.map(({ ruleName }) => ruleName);

const acknowledged = app.node.findAll().flatMap((construct) =>
  construct.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data as Record<string, string>))
    .map(([id, reason]) => ({ id: id.replace(/^annotation::/i, ''), reason })),
);

describe('cdk-nag', () => {
  it('finds nothing that is not acknowledged', () => {
    expect(listFindings(new AwsSolutionsChecks(app), app)).toEqual([]);
  });

  it.each(acknowledged)('is given a reason for $id', ({ reason }) => {
    expect(reason).toMatch(/^\S.{40,}\.$/s);
  });

  it('would find exactly what is acknowledged', () => {
    const unforgiving = Object.assign(new AwsSolutionsChecks(app), { isAcknowledged: () => false });
    expect(listFindings(unforgiving, app).sort()).toEqual(
      [...new Set(acknowledged.map(({ id }) => id))].sort(),
    );
  });

  it('finds a queue that is neither encrypted nor closed to plain HTTP', () => {
    const other = new App();
    new Queue(new Stack(other, 'Other'), 'Open', { encryption: QueueEncryption.UNENCRYPTED });
    expect(listFindings(new AwsSolutionsChecks(other), other)).toEqual(
      expect.arrayContaining(['AwsSolutions-SQS2', 'AwsSolutions-SQS4']),
    );
  });
});

describe('synthesis', () => {
  let validated: ReturnType<typeof buildTemplates> | undefined;
  const validate = () => {
    validated ??= buildTemplates({ validate: true });
    return validated;
  };

  it('passes the checks', () => {
    expect(validate).not.toThrow();
  });

  it('stops at a finding', () => {
    const { app: broken, stateless } = validate();
    new Queue(stateless, 'Open', { encryption: QueueEncryption.UNENCRYPTED });
    expect(() => broken.synth({ force: true })).toThrow(/SluiceStateless\/Open[\s\S]*AwsSolutions-SQS2/);
  });
});
