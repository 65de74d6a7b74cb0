import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { readAssembly } from '../../../infra/local/assembly.ts';
import { readBlueprint } from '../../../infra/local/blueprint.ts';
import { checkSchedules } from '../../../infra/local/schedules/check-schedules.ts';
import * as t from '../../integration/infra-local/template.ts';

const folders: string[] = [];
const write = (...args: Parameters<typeof t.writeAssembly>): string => {
  const folder = t.writeAssembly(...args);
  folders.push(folder);
  return folder;
};
const blueprint = (resources: t.TemplateStack['resources'], handlers: Record<string, string> = {}) => {
  const folder = write({ Stateful: t.stateful, App: { resources } }, handlers);
  return { folder, ...readBlueprint(readAssembly(folder)) };
};

describe('the synthesized app', () => {
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('resolves references within a stack and between stacks', () => {
    const { resolve } = readAssembly(
      write({ Stateful: t.stateful, App: { resources: { Q: t.queue({ QueueName: 'named' }) } } }),
    );
    const inApp = (value: unknown) => resolve(value, 'App');
    expect(inApp(t.imported('Stateful:Table'))).toBe('Stateful-Leads');
    expect(inApp(t.imported('Stateful:Stream'))).toBe(
      'arn:aws:dynamodb:us-east-1:000000000000:table/Stateful-Leads/stream/local',
    );
    expect(inApp(t.getAtt('Q', 'Arn'))).toBe('arn:aws:sqs:us-east-1:000000000000:named');
    expect(inApp(t.ref('Q'))).toBe('https://sqs.us-east-1.amazonaws.com/000000000000/named');
    expect(inApp({ 'Fn::Join': [':', ['a', t.ref('AWS::Region')]] })).toBe('a:us-east-1');
    const sub = `\${AWS::StackName}/\${Q.QueueName}/\${x}/\${!kept}`;
    expect(inApp({ 'Fn::Sub': [sub, { x: 1 }] })).toBe(`App/named/1/\${kept}`);
    expect(inApp({ 'Fn::Select': [5, { 'Fn::Split': [':', t.getAtt('Q', 'Arn')] }] })).toBe('named');
    expect(inApp({ a: t.ref('AWS::NoValue'), b: [1] })).toEqual({ b: [1] });
  });

  it.each([
    [t.ref('Nobody'), 'App: Ref Nobody names no resource'],
    [t.getAtt('Q', 'Colour'), 'allowed is Arn, QueueName, QueueUrl'],
    [t.imported('nothing'), 'no stack exports nothing'],
    [{ 'Fn::If': ['x', 1, 2] }, 'Fn::If is not supported'],
  ])('names the reference that it cannot resolve: %j', (value, message) => {
    const { resolve } = readAssembly(write({ App: { resources: { Q: t.queue() } } }));
    expect(() => resolve(value, 'App')).toThrow(message);
  });

  it('finds the code of a function by the hash of its asset', () => {
    const { functions, folder } = blueprint({ F: t.lambda('code') }, { code: '' });
    expect(functions.map((one) => one.folder)).toEqual([join(folder, 'asset.code')]);
    expect(() => blueprint({ F: t.lambda('lost') })).toThrow('the code of App/F is not in');
  });

  it('names resources by the paths of their constructs within the stack', () => {
    const resources = { Dead12AB: t.queue(), Queue34CD: t.queue() };
    const paths = { Dead12AB: '/App/Work/Dead/Resource', Queue34CD: '/App/Work/Queue' };
    const { queues } = readBlueprint(readAssembly(write({ App: { resources, paths } })));
    expect(queues.map(({ id, name }) => [id, name])).toEqual([
      ['Work/Dead', 'App-Dead12AB'],
      ['Work/Queue', 'App-Queue34CD'],
    ]);
  });

  it('names resources by logical id when the manifest has no paths, and by stack if two have the same', () => {
    const twice = { resources: { Dead: t.queue(), Only: t.queue() } };
    const { queues } = readBlueprint(
      readAssembly(write({ A: twice, B: { resources: { Dead: t.queue() } } })),
    );
    expect(queues.map(({ id }) => id)).toEqual(['A/Dead', 'Only', 'B/Dead']);
  });

  it('ignores types without meaning here, and refuses unknown ones', () => {
    expect(blueprint({ Key: { Type: 'AWS::KMS::Key' } }).queues).toEqual([]);
    expect(() => blueprint({ Topic: { Type: 'AWS::IoT::TopicRule' } })).toThrow(
      'App/Topic is a AWS::IoT::TopicRule, which the local stack neither runs nor knows to ignore',
    );
  });

  it('has the outputs of all stacks, except those of resources that do not run here', () => {
    const resources = {
      Q: t.queue({ QueueName: 'named' }),
      F: t.lambda('f'),
      Key: { Type: 'AWS::KMS::Key' },
    };
    const outputs = {
      Url: { Value: t.ref('Q') },
      Function: { Value: t.ref('F') },
      Key: { Value: t.getAtt('Key', 'Arn') },
    };
    const folder = write({ Stateful: t.stateful, App: { resources, outputs } }, { f: '' });
    expect(readAssembly(folder).outputs()).toMatchObject({
      Table: 'Stateful-Leads',
      Bus: 'leads',
      Url: 'https://sqs.us-east-1.amazonaws.com/000000000000/named',
      Function: 'App-F',
    });
    expect(Object.keys(readAssembly(folder).outputs())).not.toContain('Key');
  });

  it('treats a bucket with versions or Object Lock as one that keeps all versions', () => {
    const bucket = (Properties: object) => ({ Type: 'AWS::S3::Bucket', Properties });
    const { buckets } = blueprint({
      Plain: bucket({ BucketEncryption: {} }),
      Suspended: bucket({ VersioningConfiguration: { Status: 'Suspended' } }),
      Versioned: bucket({ VersioningConfiguration: { Status: 'Enabled' } }),
      Locked: bucket({
        ObjectLockEnabled: true,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: {} },
      }),
    });
    expect(buckets.map(({ name, versioned }) => [name, versioned])).toEqual([
      ['App-Plain', false],
      ['App-Suspended', false],
      ['App-Versioned', true],
      ['App-Locked', true],
    ]);
  });

  it('accepts a table whose items would expire', () => {
    const { Leads } = t.stateful.resources;
    const properties = {
      ...Leads?.Properties,
      TimeToLiveSpecification: { Enabled: true, AttributeName: 'ttl' },
    };
    expect(
      blueprint({ T: { Type: 'AWS::DynamoDB::GlobalTable', Properties: properties } }).tables,
    ).toHaveLength(2);
  });

  const schedule = (target: object, expression = 'cron(17 2 * * ? *)') => ({
    Type: 'AWS::Scheduler::Schedule',
    Properties: {
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 2 },
        RoleArn: t.getAtt('Role', 'Arn'),
        ...target,
      },
    },
  });
  const clockRule = (arn: unknown) => ({
    Type: 'AWS::Events::Rule',
    Properties: { ScheduleExpression: 'rate(1 day)', Targets: [{ Id: 'x', Arn: arn, Input: '{}' }] },
  });
  const scheduled = (Daily: t.TemplateResource) =>
    blueprint({ Q: t.queue(), F: t.lambda('f'), Role: { Type: 'AWS::IAM::Role' }, Daily }, { f: '' });

  it('accepts schedules and rules that run by the clock, with a function of the app', () => {
    const DeadLetterConfig = { Arn: t.getAtt('Q', 'Arn') };
    const both = [
      scheduled(schedule({ Arn: t.getAtt('F', 'Arn'), DeadLetterConfig })),
      scheduled(clockRule(t.getAtt('F', 'Arn'))),
    ];
    for (const one of both) {
      expect(one.schedules).toMatchObject([
        { id: 'Daily', targets: [{ arn: 'arn:aws:lambda:us-east-1:000000000000:function:App-F' }] },
      ]);
      expect(one.rules).toEqual([]);
      checkSchedules(one);
    }
  });

  it('refuses a schedule whose target is no function of the app, or whose expression is invalid', () => {
    const unknown = 'arn:aws:lambda:us-east-1:000000000000:function:Nobody';
    for (const one of [
      schedule({ Arn: unknown }),
      clockRule(unknown),
      schedule({ Arn: t.getAtt('F', 'Arn'), DeadLetterConfig: { Arn: unknown } }),
    ]) {
      expect(() => checkSchedules(scheduled(one))).toThrow(`Daily has the target ${unknown}, allowed are`);
    }
    for (const expression of [
      'daily',
      'cron(0 9 ? * MON-FRI *)',
      'rate(0 days)',
      'at(2026-03-01T09:00:00)',
    ]) {
      expect(() => scheduled(schedule({ Arn: unknown }, expression))).toThrow(
        `given ${expression}; allowed are rate(…)`,
      );
    }
  });

  it('leaves out mappings and rules that are switched off', () => {
    const off = t.rule({ source: ['a'] }, 'Q');
    const { rules, queueMappings } = blueprint(
      {
        Q: t.queue(),
        Off: { ...off, Properties: { ...off.Properties, State: 'DISABLED' } },
        F: t.lambda('f'),
        M: t.mapping('F', t.getAtt('Q', 'Arn'), { Enabled: false }),
      },
      { f: '' },
    );
    expect([rules, queueMappings]).toEqual([[], []]);
  });

  it.each([
    ['a FIFO queue', { Q: t.queue({ FifoQueue: true }) }, 'FIFO queues are not supported'],
    [
      'an unknown setting of a mapping',
      { Q: t.queue(), M: t.mapping('F', t.getAtt('Q', 'Arn'), { TumblingWindowInSeconds: 1 }) },
      'TumblingWindowInSeconds',
    ],
    ['a pattern that it cannot match', { R: t.rule({ source: [{ like: 'web' }] }) }, '$.source[0]'],
  ])('refuses %s', (_, resources, message) => {
    expect(() => blueprint({ ...resources, F: t.lambda('f') }, { f: '' })).toThrow(message);
  });

  it('reads the stacks of nested assemblies, with the code of their functions', () => {
    const outer = write({ Stateful: t.stateful });
    const nested = t.writeAssembly({ App: { resources: { F: t.lambda('code') } } }, { code: '' });
    const manifest = join(outer, 'manifest.json');
    const { version, artifacts } = JSON.parse(readFileSync(manifest, 'utf8'));
    const stage = {
      type: 'cdk:cloud-assembly',
      properties: { directoryName: basename(nested), displayName: 'Stage' },
    };
    writeFileSync(manifest, JSON.stringify({ version, artifacts: { ...artifacts, stage } }));
    renameSync(nested, join(outer, basename(nested)));
    const { functions, tables } = readBlueprint(readAssembly(outer));
    expect(functions.map((one) => one.folder)).toEqual([join(outer, basename(nested), 'asset.code')]);
    expect(tables).toHaveLength(1);
  });

  it('refuses to read before the app is synthesized', () => {
    expect(() => readAssembly('/nowhere/cdk.out')).toThrow(
      'cannot read /nowhere/cdk.out/manifest.json: there is no such file; synthesize the app first',
    );
  });

  it.each([
    ['manifest.json', 'no JSON'],
    ['manifest.json', '{}'],
    ['App.template.json', 'no JSON'],
    ['App.template.json', '{"Resources":{"Q":{}}}'],
    ['App.assets.json', 'no JSON'],
  ])('names the file that it cannot read: %s with %s', (file, text) => {
    const folder = write({ App: { resources: { Q: t.queue() } } });
    writeFileSync(join(folder, file), text);
    expect(() => readAssembly(folder)).toThrow(
      expect.objectContaining({
        code: 'ASSEMBLY_UNREADABLE',
        message: expect.stringContaining(`cannot read ${join(folder, file)}: `),
      }),
    );
  });
});
