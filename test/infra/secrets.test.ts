import { describe, expect, it } from 'vitest';
import { buildTemplates, listOutputs, listResources, stateful, stateless } from './synthesized.ts';

/** Matches names of secrets. Values may look like secrets as well: of a known shape, or long and random. */
const secretName = /secret|passw|token|api_?key|credential|private|access_?key|signature|bearer|auth/i;
const shapes = [
  /^(AKIA|ASIA)[A-Z0-9]{16}$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /^(ghp|gho|github_pat|glpat|xox[abp]|sk|pk|rk)[_-][\w-]{16,}$/,
  /^eyJ[\w-]+\.[\w-]+\./,
  /:\/\/[^/\s:@]+:[^/\s@]+@/,
];

const isRandom = (value: string): boolean => /^[A-Za-z0-9+/=_-]{32,}$/.test(value) && /\d/.test(value);

/** Whether a value is nothing but the ARN of a secret, which says where it is to whoever may read it. */
const isArnOfSecret = (value: unknown): boolean =>
  ['SecretsSources', 'SecretsTargets', 'SecretsIdentityKey'].some((id) => id === value);

/** Returns the reason for which a name with its value may be a secret; undefined if it can't be one. */
const suspicion = (name: string, value: unknown): string | undefined => {
  if (isArnOfSecret(value)) return undefined;
  if (secretName.test(name)) return `${name} is named like a secret`;
  if (typeof value !== 'string') return undefined;
  if (shapes.some((shape) => shape.test(value)) || isRandom(value)) return `${name} looks like a secret`;
  return undefined;
};

const suspicions = (values: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(values).flatMap(([name, value]) => suspicion(name, value) ?? []);

interface Fn {
  readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> };
}

const parametersOf = (template: unknown): Readonly<Record<string, { readonly Default?: unknown }>> =>
  (template as { Parameters?: Record<string, { Default?: unknown }> }).Parameters ?? {};

/** The parameter of the CDK with the version of the account's bootstrap. */
const bootstrap = 'BootstrapVersion';

describe('a secret', () => {
  it('is in the environment of no function', () => {
    const { templates } = buildTemplates({
      sources: 'sources',
      deliveries: 'test/infra/integrations/deliveries',
    });
    const functions = listResources<Fn>(templates.stateless, 'AWS::Lambda::Function');
    expect(functions.length).toBeGreaterThan(0);
    for (const { properties } of functions) expect(suspicions(properties.Environment.Variables)).toEqual([]);
  });

  it('is in no output', () => {
    for (const template of [stateful, stateless]) expect(suspicions(listOutputs(template))).toEqual([]);
  });

  it('is asked for by no parameter: there is none but that of the bootstrap', () => {
    for (const template of [stateful, stateless])
      expect(Object.keys(parametersOf(template)).filter((name) => name !== bootstrap)).toEqual([]);
  });
});

describe('the search for secrets', () => {
  it.each([
    ['DB_PASSWORD', { Ref: 'X' }],
    ['WEBHOOK_TOKEN', 'x'],
    ['ID', 'AKIAIOSFODNN7EXAMPLE'],
    ['URL', 'https://user:hunter2@example.com/'],
    ['K', `-----BEGIN ${'PRIVATE KEY'}-----`],
    ['SEED', 'f3b1c4d2a5968778695a4b3c2d1e0f10'],
  ])('finds %s', (name, value) => expect(suspicions({ [name]: value })).toHaveLength(1));

  it.each([
    ['LEADS_TABLE', 'Leads'],
    ['POWERTOOLS_METRICS_NAMESPACE', 'Sluice'],
    ['AWS_SDK_UA_APP_ID', 'score-leads/PTEnv/'],
  ])('lets %s pass', (name, value) => expect(suspicions({ [name]: value })).toEqual([]));
});
