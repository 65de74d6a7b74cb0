import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lossesBetween } from './stateful-changes.ts';
import { buildTemplates, stateful } from './synthesized.ts';

const baseline = (name = 'stateful') =>
  JSON.parse(readFileSync(new URL(`./baseline/${name}.json`, import.meta.url), 'utf8'));
const leads = Object.keys(stateful.Resources).find((id) => id.startsWith('Leads')) ?? '';
const quarantine = Object.keys(stateful.Resources).find((id) => id.startsWith('Quarantine')) ?? '';

/** Returns the template with changed properties of one resource. */
const changed = (id: string, change: (properties: Record<string, unknown>) => void) => {
  const template = structuredClone(stateful) as unknown as {
    Resources: Record<string, { Properties: Record<string, unknown> }>;
  };
  change(template.Resources[id]?.Properties ?? {});
  return template as object;
};

describe('an update of the stateful stack', () => {
  it('replaces, removes or orphans nothing that holds data, from what was deployed last on', () => {
    const hint =
      'keep the construct and what names it; where it has to be, migrate first, then `npm run baseline`';
    expect(lossesBetween(baseline(), stateful as object), hint).toEqual([]);
  });

  it('replaces, removes or orphans nothing where the account has a key of its own for it, nor that key', () => {
    const { templates } = buildTemplates({ overrides: { customerManagedKeys: true } });
    expect(lossesBetween(baseline('stateful-own-key'), templates.stateful as object)).toEqual([]);
    expect(lossesBetween(baseline('stateful-own-key'), stateful as object)).toEqual([
      expect.stringMatching(/^DataKey\w+: WILL_ORPHAN$/),
    ]);
  });

  it('replaces nothing if the region is named that it is in already', () => {
    const { templates } = buildTemplates({ region: 'eu-central-1' });
    const deployed = JSON.parse(
      JSON.stringify(stateful).replaceAll('{"Ref":"AWS::Region"}', '"eu-central-1"'),
    );
    expect(lossesBetween(deployed, templates.stateful as object)).toEqual([]);
  });

  it('is found out when it changes a key', () => {
    const other = changed(leads, (properties) => {
      properties.KeySchema = [{ AttributeName: 'tierKey', KeyType: 'HASH' }];
    });
    expect(lossesBetween(baseline(), other)).toEqual([`${leads}: WILL_REPLACE`]);
  });

  it('is found out when it gives a table another name', () => {
    const other = changed(quarantine, (properties) => {
      properties.TableName = 'quarantine';
    });
    expect(lossesBetween(baseline(), other)).toEqual([`${quarantine}: WILL_REPLACE`]);
  });

  it('is found out when a resource gets another logical id', () => {
    const text = JSON.stringify(stateful).replaceAll(leads, 'LeadsOfToday');
    expect(lossesBetween(baseline(), JSON.parse(text))).toEqual([`${leads}: WILL_ORPHAN`]);
  });

  it('may change what can be changed in place', () => {
    const other = changed(quarantine, (properties) => {
      properties.TimeToLiveSpecification = { Enabled: false };
    });
    expect(lossesBetween(baseline(), other)).toEqual([]);
  });

  it('holds for every environment, since they differ in nothing but the name of the bus', () => {
    const [dev, staging, prod] = (['dev', 'staging', 'prod'] as const).map(
      (environment) => buildTemplates({ environment, alarmTopicArn, modelFile }).templates.stateful,
    );
    expect(Object.keys(dev?.Resources ?? {})).toEqual(Object.keys(prod?.Resources ?? {}));
    const renamed = JSON.parse(JSON.stringify(prod).replaceAll('Sluice-prod', 'Sluice-staging'));
    expect(lossesBetween(staging as object, renamed)).toEqual([]);
  });
});

const modelFile = 'models/success-ready.json';
const alarmTopicArn = 'arn:aws:sns:eu-central-1:123456789012:on-call';
