import { describe, expect, it } from 'vitest';
import { checkContextNames, contextNames } from '../../infra/context-names.ts';
import { environmentNames, parseEnvironment } from '../../infra/environments.ts';
import { checkAlarmTopic, readOverrides } from '../../infra/overrides.ts';
import { buildTemplates, listResources } from './synthesized.ts';

const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
const shop = { id: 'Shop', principal: '123456789012', sources: ['marketing.web'] };
const context = (values: Record<string, unknown>) => (key: string) => values[key];
const built = Object.fromEntries(
  environmentNames.map((environment) => [
    environment,
    // With all options, so that every resource is checked.
    buildTemplates({
      environment,
      alarmTopicArn,
      overrides: { customerManagedKeys: true, producers: [shop] },
    }),
  ]),
);
/** The properties that name an inline policy, an alias and the like within their owner, or a metric. */
const ofItsOwner = /^(PolicyName|MetricName|Name.*Alias$|DeploymentConfigName)/;
const findTables = (name: string) =>
  listResources<{ Replicas: { DeletionProtectionEnabled?: boolean }[] }>(
    built[name]?.templates.stateful ?? { Resources: {} },
    'AWS::DynamoDB::GlobalTable',
  );

describe('an environment', () => {
  it.each(['production', 'Prod', '', 1])('is refused where there is no such: %j', (given) => {
    expect(() => parseEnvironment(given)).toThrow(
      `context environment: given ${JSON.stringify(given)}; allowed: dev, staging, prod`,
    );
  });

  it('has stacks of its own name, so that several fit into an account', () => {
    expect(
      Object.values(built).flatMap(({ stateful, stateless }) => [stateful.stackName, stateless.stackName]),
    ).toEqual([
      'Sluice-dev-Stateful',
      'Sluice-dev-Stateless',
      'Sluice-staging-Stateful',
      'Sluice-staging-Stateless',
      'Sluice-prod-Stateful',
      'Sluice-prod-Stateless',
    ]);
  });

  it('gives nothing a name that another one gives too, since both may be in one account', () => {
    const listTemplateNames = (name: string): string[] =>
      Object.values(built[name]?.templates ?? {}).flatMap(({ Resources }) =>
        Object.values(Resources).flatMap(({ Type, Properties }) =>
          Object.entries((Properties ?? {}) as Record<string, unknown>)
            .filter(
              ([key, value]) =>
                /(Name|StatementId)$/.test(key) && typeof value === 'string' && !ofItsOwner.test(key + Type),
            )
            .map(([key, value]) => `${Type} ${key} ${value}`),
        ),
      );
    expect(listTemplateNames('dev')).toContain('AWS::Events::EventBus Name Sluice-dev');
    expect(listTemplateNames('dev').filter((named) => listTemplateNames('prod').includes(named))).toEqual([]);
  });

  it.each(['staging', 'prod'])('keeps its data and refuses deletion: %s', (name) => {
    expect(built[name]?.stateful.terminationProtection).toBe(true);
    for (const { properties, deletionPolicy } of findTables(name)) {
      expect(deletionPolicy).toBe('Retain');
      expect(properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: true }]);
    }
  });

  it('may be thrown away where it is dev', () => {
    expect(built.dev?.stateful.terminationProtection).toBe(false);
    for (const { properties, deletionPolicy } of findTables('dev')) {
      expect(deletionPolicy).toBe('Delete');
      expect(properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: false }]);
    }
  });

  it('keeps logs a week in dev, a month elsewhere', () => {
    const retention = (name: string) =>
      new Set(
        listResources<{ RetentionInDays: number }>(
          built[name]?.templates.stateless ?? { Resources: {} },
          'AWS::Logs::LogGroup',
        ).map(({ properties }) => properties.RetentionInDays),
      );
    expect(environmentNames.map((name) => [...retention(name)])).toEqual([[7], [30], [30]]);
  });
});

describe('what the command line says of an environment', () => {
  it('is refused where nothing is called so, which would leave an environment that nobody asked for', () => {
    expect(() => checkContextNames(['enviroment'], [])).toThrow(
      /^context enviroment: unknown name; allowed: environment, model, .*; did you mean environment\?$/,
    );
    expect(() => checkContextNames(['stage'], [])).toThrow(
      /^context stage: unknown name; allowed: .*, producers$/,
    );
    const ofTheCdk = [
      'aws:cdk:bundling-stacks',
      '@aws-cdk/core:target-partitions',
      'availability-zones:account=1',
    ];
    expect(() => checkContextNames([...contextNames, ...ofTheCdk, 'mine'], ['mine'])).not.toThrow();
  });

  it('is refused where it is no switch', () => {
    expect(() => readOverrides(context({ keepData: 'no' }))).toThrow(
      'context keepData: given "no"; allowed: true, false',
    );
  });

  it.each([[false], ['false']])('goes before what the environment says: keepData %j', (keepData) => {
    expect(readOverrides(context({ keepData }))).toEqual({ keepData: false });
  });

  it('changes nothing where it says nothing', () => {
    expect(readOverrides(context({}))).toEqual({});
  });

  it('must name who hears the alarms of prod', () => {
    expect(() => checkAlarmTopic(parseEnvironment('prod'), undefined)).toThrow(
      'context alarmTopicArn: not given, and nobody would hear the alarms of prod; allowed: the ARN of an SNS topic',
    );
    expect(() => checkAlarmTopic(parseEnvironment('dev'), undefined)).not.toThrow();
    expect(() => checkAlarmTopic(parseEnvironment('prod'), alarmTopicArn)).not.toThrow();
  });

  it.each(['on-call', 'arn:aws:sqs:eu-central-1:123456789012:on-call'])(
    'names a topic and nothing else: %s',
    (given) => {
      expect(() => checkAlarmTopic(parseEnvironment('dev'), given)).toThrow(
        `context alarmTopicArn: given "${given}"; allowed: the ARN of an SNS topic`,
      );
    },
  );
});
