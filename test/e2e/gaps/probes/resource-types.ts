import type { Probe } from '../probe.ts';

const metric = { Namespace: 'Sluice', MetricName: 'M', Dimensions: [] };

/** Resources in their smallest form. The emulator refuses a type before it looks at properties. */
const resources: Readonly<Record<string, { readonly type: string; readonly properties: object }>> = {
  archive: {
    type: 'AWS::Events::Archive',
    properties: { SourceArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' },
  },
  'bus policy': { type: 'AWS::Events::EventBusPolicy', properties: { StatementId: 's', Statement: {} } },
  'alarm on a metric': {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      ...metric,
      Period: 60,
      Statistic: 'Sum',
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    },
  },
  'alarm on a formula': {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [
        { Id: 'e', Expression: '2 * m' },
        { Id: 'm', ReturnData: false, MetricStat: { Metric: metric, Period: 60, Stat: 'Sum' } },
      ],
    },
  },
  'composite alarm': {
    type: 'AWS::CloudWatch::CompositeAlarm',
    properties: { AlarmName: 'c', AlarmRule: 'FALSE' },
  },
  dashboard: {
    type: 'AWS::CloudWatch::Dashboard',
    properties: { DashboardName: 'd', DashboardBody: '{"widgets":[]}' },
  },
  canary: { type: 'AWS::Synthetics::Canary', properties: { Name: 'c' } },
  'deployment group': { type: 'AWS::CodeDeploy::DeploymentGroup', properties: { ApplicationName: 'a' } },
  secret: { type: 'AWS::SecretsManager::Secret', properties: { Name: 's' } },
  'rotation of a secret': { type: 'AWS::SecretsManager::RotationSchedule', properties: { SecretId: 's' } },
  key: { type: 'AWS::KMS::Key', properties: { KeyPolicy: {} } },
  'saved query': {
    type: 'AWS::Logs::QueryDefinition',
    properties: { Name: 'q', QueryString: 'fields @message' },
  },
};

/** Probes the kinds of resource that a template may have. */
export const resourceTypes: Probe = async ({ make }) => {
  const findings = [];
  for (const [what, { type, properties }] of Object.entries(resources)) {
    const name = `Type-${what.replaceAll(' ', '-')}`;
    const { status, reason } = await make(name, { One: { Type: type, Properties: properties } });
    findings.push({
      what: `${what} (${type})`,
      asAws: status === 'CREATE_COMPLETE',
      saw: [status, reason].filter(Boolean).join(': '),
    });
  }
  return findings;
};
