import { App, Stack, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { buildTemplates } from './synthesized.ts';

/** Apps with all kinds of stacks and settings that cdk-nag judges differently. */
const apps = new Map(
  Object.entries({
    'without the console': buildTemplates(),
    'with the console and a user pool': buildTemplates(
      { consoleContext: { console: 'true', signIn: 'cognito' } },
      {},
    ),
    'with the console at a domain of its own, in a known account and region': buildTemplates({
      region: 'eu-central-1',
      account: '123456789012',
      consoleContext: {
        console: 'true',
        clientId: 'web',
        consoleDomain: 'console.example.com',
        consoleCertificate: 'arn:aws:acm:us-east-1:123456789012:certificate/1b2c',
      },
    }),
  }).map(([name, { app }]) => [name, app]),
);

const listFindings = (checks: AwsSolutionsChecks, scope: App): string[] =>
  checks.validateScope(scope).violations.map(({ ruleName }) => ruleName);

const listAcknowledged = (app: App) =>
  app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ id: id.replace(/^annotation::/i, ''), reason })),
  );

describe.each([...apps])('cdk-nag, for the app %s,', (_, app) => {
  const acknowledged = listAcknowledged(app);

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
});

describe('cdk-nag', () => {
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
