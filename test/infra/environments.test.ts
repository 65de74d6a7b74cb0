import { describe, expect, it } from 'vitest';
import { chooseModel } from '../../infra/choose-model.ts';
import { checkContextNames, contextNames } from '../../infra/context-names.ts';
import { findRegion, readDestination } from '../../infra/destination.ts';
import { environmentNames, parseEnvironment } from '../../infra/environments.ts';
import { checkAlarmTopic, readOverrides } from '../../infra/overrides.ts';
import { buildTemplates, listResources } from './synthesized.ts';

const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
const modelFile = 'models/success-ready.json';
const shop = { id: 'Shop', principal: '123456789012', sources: ['marketing.web'] };
const context = (values: Record<string, unknown>) => (key: string) => values[key];
const built = Object.fromEntries(
  environmentNames.map((environment) => [
    environment,
    // With all options, so that every resource is checked.
    buildTemplates({
      environment,
      alarmTopicArn,
      modelFile,
      overrides: { customerManagedKeys: true, producers: [shop] },
    }),
  ]),
);
/** The properties that name an inline policy, an alias and the like within their owner, or a metric. */
const ofItsOwner = /^(PolicyName|MetricName|StageName|Name.*(Alias|Authorizer)$|DeploymentConfigName)/;
const findTables = (name: string) =>
  listResources<{ Replicas: { DeletionProtectionEnabled?: boolean }[] }>(
    built[name]?.templates.stateful ?? { Resources: {} },
    'AWS::DynamoDB::GlobalTable',
  );

const listTemplateNames = (of: (typeof built)[string] | undefined): string[] =>
  Object.values(of?.templates ?? {}).flatMap(({ Resources, Outputs = {} }) => [
    ...Object.values(Resources).flatMap(({ Type, Properties }) =>
      Object.entries((Properties ?? {}) as Record<string, unknown>)
        .filter(
          ([key, value]) =>
            /(Name|StatementId)$/.test(key) && typeof value === 'string' && !ofItsOwner.test(key + Type),
        )
        .map(([key, value]) => `${Type} ${key} ${value}`),
    ),
    ...Object.values(Outputs).flatMap(({ Export }) => (Export ? [`export ${Export.Name}`] : [])),
  ]);

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
    expect(listTemplateNames(built.dev)).toContain('AWS::Events::EventBus Name Sluice-dev');
    const ofProd = listTemplateNames(built.prod);
    expect(listTemplateNames(built.dev).filter((named) => ofProd.includes(named))).toEqual([]);
  });

  it.each(['staging', 'prod'])('keeps its data and refuses deletion: %s', (name) => {
    expect(built[name]?.stateful.terminationProtection).toBe(true);
    for (const { properties, deletionPolicy } of findTables(name)) {
      // Not `RetainExceptOnCreate`: the rollback of a first deployment can't delete a protected table.
      expect(deletionPolicy).toBe('Retain');
      expect(properties.Replicas).toMatchObject([{ DeletionProtectionEnabled: true }]);
    }
  });

  it.each(['staging', 'prod'])(
    'leaves nothing with a name behind if its first deployment fails: %s',
    (name) => {
      const resources = Object.values(built[name]?.templates.stateful.Resources ?? {});
      const retained = resources.filter(({ DeletionPolicy = 'Delete' }) => DeletionPolicy !== 'Delete');
      const types = new Set(retained.map(({ Type }) => Type));
      expect([...types].sort()).toEqual([
        'AWS::DynamoDB::GlobalTable',
        'AWS::Events::Archive',
        'AWS::Events::EventBus',
        'AWS::KMS::Key',
        'AWS::S3::Bucket',
        'AWS::SQS::Queue',
        'AWS::SecretsManager::Secret',
      ]);
      for (const { Type, DeletionPolicy, UpdateReplacePolicy, Properties } of retained) {
        expect(UpdateReplacePolicy).toBe('Retain');
        if (DeletionPolicy === 'RetainExceptOnCreate') continue;
        expect([Type, (Properties as { TableName?: string }).TableName]).toEqual([
          'AWS::DynamoDB::GlobalTable',
          undefined,
        ]);
      }
    },
  );

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

describe('a deployment with a name of its own', () => {
  const all = {
    environment: 'prod',
    alarmTopicArn,
    modelFile,
    overrides: { customerManagedKeys: true, producers: [shop] },
  } as const;
  const shopOne = buildTemplates({
    ...all,
    name: 'My-Shop',
    region: 'eu-central-1',
    account: '012345678901',
  });

  it('shares no name with another of the same environment', () => {
    expect(shopOne.stateful.stackName).toBe('My-Shop-prod-Stateful');
    const names = listTemplateNames(shopOne);
    expect(names).toContain('AWS::Events::EventBus Name My-Shop-prod');
    expect(names).toContain('AWS::Events::EventBusPolicy StatementId My-Shop-prod-OnlySluiceAnnounces');
    const ofOther = listTemplateNames(built.prod);
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((named) => ofOther.includes(named))).toEqual([]);
    expect(JSON.stringify(shopOne.templates)).not.toContain('Sluice-prod');
  });

  it('has the same resources as every other, so that nothing else depends on the name', () => {
    const withoutVersions = (of: typeof shopOne) =>
      Object.values(of.templates).flatMap(({ Resources }) =>
        Object.keys(Resources).map((id) => id.replace(/(CurrentVersion[0-9A-F]{8}).*/, '$1')),
      );
    const other = built.prod;
    expect(other && withoutVersions(shopOne)).toEqual(other && withoutVersions(other));
  });

  it('has room for its longest name in what AWS limits, and passes the checks of a deployment', () => {
    const longest = buildTemplates({
      ...all,
      environment: 'staging',
      name: 'ABCDEFGHIJ-23456',
      region: 'eu-central-1',
      validate: true,
    });
    const rules = Object.values(longest.templates).flatMap((template) =>
      listResources<{ Name: string }>(template, 'AWS::Events::Rule'),
    );
    expect(rules.length).toBeGreaterThan(4);
    for (const { properties } of rules) expect(properties.Name.length).toBeLessThanOrEqual(64);
  });

  it('is refused if the id of a statement became too long for EventBridge', () => {
    const producer = { ...shop, id: 'S'.repeat(40) };
    const build = () =>
      buildTemplates({
        environment: 'staging',
        name: 'ABCDEFGHIJ-23456',
        overrides: { producers: [producer] },
      });
    expect(build).toThrow(/^context producers, name: .* of 70 characters; allowed: 64; use a shorter name/);
    expect(() =>
      buildTemplates({ environment: 'staging', overrides: { producers: [producer] } }),
    ).not.toThrow();
  });

  it.each([
    '',
    '-shop',
    'shop-',
    'my--shop',
    '1shop',
    'my_shop',
    'my shop',
    'shöp',
    'xn--shop',
    'sthree',
    'ABCDEFGHIJ-234567',
    7,
    true,
  ])('refuses a name that a service of AWS would refuse: %j', (given) => {
    expect(() => readDestination(context({ name: given }))).toThrow(
      `context name: given ${JSON.stringify(given)}; allowed: 1 to 16 letters, digits and single hyphens`,
    );
  });

  it.each([
    ['eu-central1', '; did you mean eu-central-1?'],
    ['eu-centrl-1', '; did you mean eu-central-1?'],
    ['EU-CENTRAL-1', '; did you mean eu-central-1?'],
    ['Frankfurt', ''],
    ['', ''],
    ['eu-central-1a', '; did you mean eu-central-1?'],
  ])('refuses a region that is none: %j', (given, meant) => {
    expect(() => readDestination(context({ region: given }))).toThrow(
      `context region: given ${JSON.stringify(given)}; allowed: the code of an AWS region, such as eu-central-1${meant}`,
    );
  });

  it.each(['12345678901', '1234567890123', '1234-5678-9012', 123456789012])(
    'refuses an account that is no id of 12 digits: %j',
    (given) => {
      expect(() => readDestination(context({ account: given }))).toThrow(
        `context account: given ${JSON.stringify(given)}; allowed: the 12 digits of an AWS account`,
      );
    },
  );

  it('is the default if the context says nothing', () => {
    expect(readDestination(context({}))).toEqual({ name: 'Sluice' });
  });

  it('is of the region that the context names, else of that of the CDK, if it found an account', () => {
    const cdk = { CDK_DEFAULT_ACCOUNT: '123456789012', CDK_DEFAULT_REGION: 'us-east-1' };
    expect(findRegion({ name: 'Sluice', region: 'eu-west-1' }, cdk)).toBe('eu-west-1');
    expect(findRegion({ name: 'Sluice' }, cdk)).toBe('us-east-1');
    // Without credentials the CDK guesses a region, which must not refuse the topic of another one.
    expect(findRegion({ name: 'Sluice' }, { CDK_DEFAULT_REGION: 'us-east-1' })).toBeUndefined();
  });

  it('refuses a topic of another region, if the region is known', () => {
    expect(() => buildTemplates({ ...all, region: 'eu-west-1' })).toThrow(
      `context alarmTopicArn: given "${alarmTopicArn}"; allowed: a topic in eu-west-1, the region of the stacks`,
    );
    expect(() => checkAlarmTopic(parseEnvironment('prod'), alarmTopicArn, 'eu-central-1')).not.toThrow();
  });
});

describe('what the command line says of an environment', () => {
  it('is refused where nothing is called so, which would leave an environment that nobody asked for', () => {
    expect(() => checkContextNames(['enviroment'], [])).toThrow(
      /^context enviroment: unknown name; allowed: environment, model, .*; did you mean environment\?$/,
    );
    expect(() => checkContextNames(['stage'], [])).toThrow(
      /^context stage: unknown name; allowed: .*, deliveries$/,
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

  it('must name the model by which the first leads of prod are judged', () => {
    expect(() => buildTemplates({ environment: 'prod', alarmTopicArn })).toThrow(
      'context model: not given, and the first leads of prod would be judged by weights that nobody has chosen; ' +
        "allowed: the path of a model's file, such as -c model=models/shop.json, " +
        'or -c model=models/success-ready.json for the one that is shipped',
    );
    expect(chooseModel(parseEnvironment('prod'), 'models/bant.json')).toBe('models/bant.json');
    for (const name of ['dev', 'staging'])
      expect(chooseModel(parseEnvironment(name), undefined)).toBe('models/success-ready.json');
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
