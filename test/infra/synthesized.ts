import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { afterAll } from 'vitest';
import { buildSluiceApp, type SluiceAppProps } from '../../infra/sluice-app.ts';

/** A resource with the properties that a test reads. */
export interface Resource<Properties> {
  readonly id: string;
  readonly properties: Properties;
  readonly deletionPolicy: string | undefined;
}

interface CfnTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { Type: string; Properties?: unknown; DeletionPolicy?: string; UpdateReplacePolicy?: string }
    >
  >;
  readonly Outputs?: Readonly<Record<string, { Value: unknown; Export?: { Name: string } }>>;
}

const assemblies = mkdtempSync(join(tmpdir(), 'sluice-synth-'));
afterAll(() => rmSync(assemblies, { recursive: true }));

/** The values that stacks export to others, by the name of the export. */
const exported = new Map<unknown, unknown>();

const note = ({ Outputs = {} }: CfnTemplate): void => {
  for (const { Value, Export } of Object.values(Outputs)) if (Export) exported.set(Export.Name, Value);
};

/** The issuer of the tokens of people, so that the API has both doors. */
export const tokens: Pick<SluiceAppProps, 'issuer' | 'audience'> = {
  issuer: 'https://issuer.example.com/',
  audience: 'sluice',
};

/** Returns the template of a stack that not every deployment has; an empty one without the stack. */
const readStack = (stack: Stack | undefined): CfnTemplate => {
  if (stack === undefined) return { Resources: {} };
  const template = Template.fromStack(stack).toJSON() as CfnTemplate;
  note(template);
  return template;
};

/** Builds the project's app without bundles and checks, which takes a tenth of the time. */
export const buildTemplates = (props: SluiceAppProps = {}, ofPeople = tokens) => {
  const outdir = mkdtempSync(join(assemblies, 'assembly-'));
  const built = buildSluiceApp({
    outdir,
    bundle: false,
    validate: false,
    environment: 'staging',
    ...ofPeople,
    ...props,
  });
  const stateful = Template.fromStack(built.stateful).toJSON() as CfnTemplate;
  const stateless = Template.fromStack(built.stateless).toJSON() as CfnTemplate;
  note(stateful);
  const console = readStack(built.added?.console);
  const signIn = readStack(built.added?.signIn);
  return { ...built, outdir, templates: { stateful, stateless }, ofConsole: { console, signIn } };
};

const { templates } = buildTemplates();
export const { stateful, stateless } = templates;

/** The folders of documents with which everything is deployed that there is: sources of all ways in, and a subscription. */
export const documents = {
  sources: 'test/infra/integrations/sources',
  deliveries: 'test/infra/integrations/deliveries',
} as const;

/** Drops the hash of a logical id, so that the construct's path remains. */
const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');

/**
 * Returns the function of an alias. The CDK computes its name from the alias's ARN, which a template doesn't know yet.
 * Of anything else that is divided, it returns the whole.
 */
const findAliasFunction = (split: unknown): unknown => {
  const [, whole] = (split as { 'Fn::Split': [string, { Ref?: string }] })['Fn::Split'];
  return whole.Ref === undefined ? readable(whole) : withoutHash(whole.Ref).replace(/Live$/, 'Function');
};

/** Returns a template value with its references written as `Leads.Arn`, across stacks too. */
const readable = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== 'object' || value === null) return value;
  const {
    Ref,
    'Fn::GetAtt': att,
    'Fn::ImportValue': name,
    'Fn::Join': join,
    'Fn::Select': part,
  } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return withoutHash(Ref);
  if (Array.isArray(att)) return `${withoutHash(String(att[0]))}.${att[1]}`;
  if (typeof name === 'string') return readable(exported.get(name));
  if (Array.isArray(part)) return findAliasFunction(part[1]);
  if (Array.isArray(join)) return (readable(join[1]) as unknown[]).join(String(join[0]));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
};

/** Returns all resources of a type, in the template's order. */
export const listResources = <Properties>(template: CfnTemplate, type: string): Resource<Properties>[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties, DeletionPolicy }]) => ({
      id: withoutHash(id),
      properties: readable(Properties ?? {}) as Properties,
      deletionPolicy: DeletionPolicy,
    }));

/** Returns the rights of all roles, which stand in the roles themselves. */
export const listPolicies = <Properties>(template: CfnTemplate): Resource<Properties>[] =>
  listResources<{ Policies?: readonly { readonly PolicyDocument: unknown }[] }>(
    template,
    'AWS::IAM::Role',
  ).flatMap(({ id, properties: { Policies = [] }, deletionPolicy }) =>
    Policies.map(({ PolicyDocument }) => ({
      id,
      properties: { Roles: [id], PolicyDocument } as Properties,
      deletionPolicy,
    })),
  );

/** Returns the outputs that are meant for people, by name. */
export const listOutputs = ({ Outputs = {} }: CfnTemplate): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(Outputs)
      .filter(([, { Export }]) => Export === undefined)
      .map(([name, { Value }]) => [name, readable(Value)]),
  );

export const listResourceTypes = (template: CfnTemplate): string[] => [
  ...new Set(Object.values(template.Resources).map(({ Type }) => Type)),
];
