import { describe, expect, it } from 'vitest';
import { buildTemplates, listResources, stateless } from './synthesized.ts';

interface Alias {
  readonly Name: string;
  readonly FunctionName: string;
}
interface Group {
  readonly DeploymentConfigName: string;
  readonly AlarmConfiguration: { readonly Enabled: boolean; readonly Alarms: { readonly Name: string }[] };
  readonly AutoRollbackConfiguration: { readonly Enabled: boolean; readonly Events: string[] };
}
interface Metric {
  readonly MetricStat?: { readonly Metric: { readonly Dimensions: { Name: string; Value: unknown }[] } };
}

const functions = listResources(stateless, 'AWS::Lambda::Function').map(({ id }) => id);
const aliases = listResources<Alias>(stateless, 'AWS::Lambda::Alias');
const groups = listResources<Group>(stateless, 'AWS::CodeDeploy::DeploymentGroup');
const alarms = listResources<{ Metrics?: Metric[] }>(stateless, 'AWS::CloudWatch::Alarm');

/** Returns the update policies of the aliases, which are not among their properties. */
const findUpdates = (template: typeof stateless) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::Lambda::Alias')
    .map((resource) => (resource as { UpdatePolicy?: object }).UpdatePolicy);

describe('a function', () => {
  it('is invoked by an alias only, which a deployment moves from version to version', () => {
    expect(aliases.map(({ properties }) => properties.FunctionName).sort()).toEqual([...functions].sort());
    for (const { properties } of aliases) expect(properties.Name).toBe('live');
    const mappings = listResources<{ FunctionName: string }>(stateless, 'AWS::Lambda::EventSourceMapping');
    for (const { properties } of mappings) expect(properties.FunctionName).toMatch(/:live$/);
  });

  it('gets a tenth of the traffic first, and goes back where its new version fails', () => {
    expect(groups).toHaveLength(functions.length);
    for (const { properties } of groups) {
      expect(properties.DeploymentConfigName).toBe('CodeDeployDefault.LambdaCanary10Percent5Minutes');
      expect(properties.AutoRollbackConfiguration).toMatchObject({
        Enabled: true,
        Events: expect.arrayContaining(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      });
      expect(properties.AlarmConfiguration).toMatchObject({
        Enabled: true,
        Alarms: [{ Name: expect.any(String) }],
      });
    }
    for (const update of findUpdates(stateless)) expect(update).toHaveProperty('CodeDeployLambdaAliasUpdate');
  });

  it.each(groups)('is judged by its new version alone: $id', ({ properties }) => {
    const [alarm] = alarms.filter(({ id }) => id === properties.AlarmConfiguration.Alarms[0]?.Name);
    const dimensions = (alarm?.properties.Metrics ?? []).flatMap(({ MetricStat }) =>
      MetricStat === undefined ? [] : [MetricStat.Metric.Dimensions.map(({ Name }) => Name).sort()],
    );
    expect(dimensions).toEqual([
      ['ExecutedVersion', 'FunctionName', 'Resource'],
      ['ExecutedVersion', 'FunctionName', 'Resource'],
    ]);
  });

  it('is replaced at once in dev, where nobody waits', () => {
    const { templates } = buildTemplates({ environment: 'dev' });
    expect(listResources(templates.stateless, 'AWS::CodeDeploy::DeploymentGroup')).toEqual([]);
    expect(findUpdates(templates.stateless).every((update) => update === undefined)).toBe(true);
  });
});

describe('another scoring model', () => {
  it('takes all traffic at once, where that is asked for, so that no two models judge side by side', () => {
    const { templates } = buildTemplates({ overrides: { deployment: 'at-once' } });
    const moved = listResources<Group>(templates.stateless, 'AWS::CodeDeploy::DeploymentGroup');
    expect(new Set(moved.map(({ properties }) => properties.DeploymentConfigName))).toEqual(
      new Set(['CodeDeployDefault.LambdaAllAtOnce']),
    );
    expect(moved).toHaveLength(functions.length);
  });
});
