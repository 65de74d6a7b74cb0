import type { CfnResource } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { buildSluiceApp } from '../../infra/sluice-app.ts';
import { holdClock } from '../e2e/emulator/held-clock.ts';
import { refusedTypes, removeRefused } from '../e2e/emulator/refused-resources.ts';
import { placeholder, trustIssuer } from '../e2e/emulator/trusted-issuer.ts';
import { readDocument } from '../support/docs.ts';

const listResources = (remove: boolean): Record<string, CfnResource> => {
  const { app, stateful, stateless } = buildSluiceApp({ bundle: false, validate: false });
  if (remove) removeRefused(app);
  const templates = [stateful, stateless].map((stack) => Template.fromStack(stack).toJSON().Resources);
  return Object.assign({}, ...templates);
};

describe('what is deployed to the emulator', () => {
  it('is the app word for word, but for what the emulator refuses', () => {
    const [shipped, deployed] = [listResources(false), listResources(true)] as unknown as Record<
      string,
      { Type: string; Properties: { Metrics?: unknown } }
    >[];
    const left = Object.entries(shipped ?? {}).filter(([id]) => deployed?.[id] === undefined);
    expect(left.length).toBeGreaterThan(0);
    for (const [id, { Type, Properties }] of left) {
      const refused = refusedTypes.includes(Type) || Properties.Metrics !== undefined;
      expect(refused, id).toBe(true);
    }
    const expected = Object.fromEntries(Object.entries(shipped ?? {}).filter(([id]) => deployed?.[id]));
    expect(deployed).toEqual(expected);
  });

  it('trusts an issuer on loopback in place of one that AWS would accept, and differs in nothing else', () => {
    const url = 'http://127.0.0.1:1';
    const synthesize = (trust: boolean) => {
      const { app, stateless } = buildSluiceApp({ bundle: false, validate: false, ...placeholder });
      if (trust) trustIssuer(app, url);
      return JSON.stringify(Template.fromStack(stateless).toJSON());
    };
    const [shipped, deployed] = [synthesize(false), synthesize(true)];
    expect(shipped.split(`"${placeholder.issuer}"`)).toHaveLength(3);
    expect(deployed).toBe(shipped.replaceAll(`"${placeholder.issuer}"`, `"${url}"`));
  });

  it('has the clock of the leads held, and differs in nothing else', () => {
    const synthesize = (hold: boolean) => {
      const { app, stateless } = buildSluiceApp({ bundle: false, validate: false });
      if (hold) holdClock(app);
      return Template.fromStack(stateless).toJSON();
    };
    const [shipped, deployed] = [synthesize(false), synthesize(true)];
    const held = Object.entries<{ Type: string; Properties: { Description?: string; State?: string } }>(
      deployed.Resources,
    ).filter(
      ([, { Type, Properties }]) => Type === 'AWS::Scheduler::Schedule' && Properties.State !== 'ENABLED',
    );
    expect(held.map(([, { Properties }]) => [Properties.Description, Properties.State])).toEqual([
      ['Sends what is due', 'DISABLED'],
    ]);
    for (const [, { Properties }] of held) Properties.State = 'ENABLED';
    expect(deployed).toEqual(shipped);
  });

  it('is told of in the docs, each type that is left out', () => {
    const text = readDocument('e2e.md');
    expect(refusedTypes.filter((type) => !text.includes(`\`${type}\``))).toEqual([]);
  });
});
