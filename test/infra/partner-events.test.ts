import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { afterAll, describe, expect, it } from 'vitest';
import { fitRuleName } from '../../infra/constructs/rule-name.ts';
import { alarmOnSilentSource } from '../../infra/constructs/source-alarms.ts';
import { buildTemplates, listOutputs, listResources } from './synthesized.ts';

type Properties = Readonly<Record<string, unknown>>;

const examples = join(import.meta.dirname, '../../docs/examples/sources');
const folder = mkdtempSync(join(tmpdir(), 'sluice-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes an example as a source document with changes, in a folder of its own or another one. */
const writeSource = (name: string, changes: object, example = name, into = folder): string => {
  mkdirSync(into, { recursive: true });
  const document = {
    ...JSON.parse(readFileSync(join(examples, `${example}.json`), 'utf8')),
    name,
    ...changes,
  };
  writeFileSync(join(into, `${name}.json`), JSON.stringify(document));
  return into;
};

writeSource('salesforce', { silentAfterHours: 24 });
writeSource('segment-eventbridge', {});
const { templates } = buildTemplates({ sources: folder, overrides: { customerManagedKeys: true } });
const { stateless, stateful } = templates;
const ofType = <P = Properties>(type: string) => listResources<P>(stateless, type);

const buses = {
  salesforce: 'aws.partner/salesforce.com/00D000000000000AAA/channel',
  segment: 'aws.partner/segment.com/example-source',
};

const rules = ofType<{ Name: string; EventBusName: string }>('AWS::Events::Rule').filter(({ id }) =>
  id.startsWith('TakePartnerEvents'),
);

describe('the rules on partner buses', () => {
  it('take everything from the partner of each source, into one queue', () => {
    const common = { State: 'ENABLED', Targets: [{ Arn: 'TakePartnerEventsQueue.Arn' }] };
    expect(rules.map(({ properties }) => properties)).toMatchObject([
      {
        ...common,
        Name: 'Sluice-staging-Stateless-TakePartnerEvents-salesforce',
        EventBusName: buses.salesforce,
        EventPattern: { source: [buses.salesforce] },
      },
      {
        ...common,
        Name: fitRuleName('Sluice-staging-Stateless-TakePartnerEvents-segment-eventbridge'),
        EventBusName: buses.segment,
        EventPattern: { source: [buses.segment] },
      },
    ]);
  });

  it('have names that EventBridge takes', () => {
    for (const { properties } of rules) expect(properties.Name).toMatch(/^[\w.-]{1,64}$/);
    expect(new Set(rules.map(({ properties }) => properties.Name)).size).toBe(2);
  });

  it('may send to a queue that the key of the account encrypts', () => {
    const [key] = listResources<{ KeyPolicy: { Statement: Properties[] } }>(stateful, 'AWS::KMS::Key');
    const delivering = key?.properties.KeyPolicy.Statement.find(({ Sid }) => Sid === 'DeliverPartnerEvents');
    const text = JSON.stringify(delivering);
    for (const bus of Object.values(buses)) expect(text).toContain(`:rule/${bus}/*`);
  });

  it('are watched for lost events, on their own buses', () => {
    const [losing] = ofType<{ Metrics?: readonly { Label?: string }[] }>('AWS::CloudWatch::Alarm').filter(
      ({ id }) => id === 'TakePartnerEventsLostEventsAlarm',
    );
    for (const bus of Object.values(buses)) expect(JSON.stringify(losing)).toContain(bus);
  });

  it('feed a function whose queues the command line finds', () => {
    expect(listOutputs(stateless)).toMatchObject({
      TakePartnerEventsQueueUrl: expect.anything(),
      TakePartnerEventsDeadLettersUrl: expect.anything(),
      TakePartnerEventsUndeliverableUrl: expect.anything(),
    });
  });

  it('are not there if two sources have one bus', () => {
    const twice = join(folder, 'twice');
    writeSource('salesforce', {}, 'salesforce', twice);
    writeSource('other', {}, 'salesforce', twice);
    expect(() => buildTemplates({ sources: twice })).toThrow(
      `given the bus ${buses.salesforce} for both; allowed is one source for each bus`,
    );
  });
});

const silence = ofType('AWS::CloudWatch::Alarm').filter(({ id }) => id.endsWith('salesforceSilenceAlarm'));

describe('a source that may not be silent', () => {
  it('has an alarm that goes off after so many hours without an arrival, also if there never was one', () => {
    expect(silence.map(({ properties }) => properties)).toMatchObject([
      {
        Namespace: 'AWS/Events',
        MetricName: 'TriggeredRules',
        Dimensions: [
          { Name: 'EventBusName', Value: buses.salesforce },
          { Name: 'RuleName', Value: rules[0]?.properties.Name },
        ],
        Statistic: 'Sum',
        Period: 3_600,
        EvaluationPeriods: 24,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      },
    ]);
  });

  it('has one on its webhooks, if it sends webhooks', () => {
    const sources = writeSource(
      'crm',
      { silentAfterHours: 168 },
      '../../../sources/hubspot',
      join(folder, 'w'),
    );
    const [alarm] = listResources(
      buildTemplates({ sources }).templates.stateless,
      'AWS::CloudWatch::Alarm',
    ).filter(({ id }) => id.endsWith('crmSilenceAlarm'));
    expect(alarm?.properties).toMatchObject({
      Namespace: 'Sluice-staging-Stateless',
      MetricName: 'WebhooksReceived',
      Dimensions: [
        { Name: 'service', Value: 'receive-webhooks' },
        { Name: 'source', Value: 'crm' },
      ],
      Period: 3_600,
      EvaluationPeriods: 168,
      TreatMissingData: 'breaching',
    });
  });

  it.each([0, 1.5, 169])(
    'is refused a silence of %s hours, for which no alarm can wait',
    (silentAfterHours) => {
      const arrived = new Metric({ namespace: 'AWS/Events', metricName: 'TriggeredRules' });
      const stack = new Stack(new App(), 'Stack');
      expect(() => alarmOnSilentSource(stack, { name: 'crm', silentAfterHours, arrived })).toThrow(
        'allowed is a whole number from 1 to 168',
      );
    },
  );

  it('waits for at most the seven days that CloudWatch looks at', () => {
    const arrived = new Metric({ namespace: 'AWS/Events', metricName: 'TriggeredRules' });
    const stack = new Stack(new App(), 'Stack');
    alarmOnSilentSource(stack, { name: 'crm', silentAfterHours: 168, arrived });
    const [alarm] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
    const { Period, EvaluationPeriods } = alarm?.Properties ?? {};
    expect(Period * EvaluationPeriods).toBe(604_800);
  });
});

describe('changes that are missing', () => {
  it('have an alarm that goes off at the first', () => {
    const [alarm] = ofType('AWS::CloudWatch::Alarm').filter(({ id }) => id.endsWith('MissingChangesAlarm'));
    expect(alarm?.properties).toMatchObject({
      MetricName: 'ChangesMissing',
      Threshold: 1,
      EvaluationPeriods: 1,
      TreatMissingData: 'notBreaching',
    });
  });
});
