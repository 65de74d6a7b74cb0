import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { contextNames } from '../../../infra/context-names.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { findDocSection, readDocument } from '../../support/docs.ts';

const readExample = (name: string): string =>
  readFileSync(new URL(`../../../docs/examples/${name}`, import.meta.url), 'utf8');

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: { readonly test: Job; readonly deploy: Job };
}

const workflow = parse(readExample('deploy.yml')) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job: Job) => job.steps);
const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));

describe('the example of a workflow', () => {
  it('runs only commands that exist, with context values that exist', () => {
    expect(commands.length).toBeGreaterThan(4);
    const scripts = Object.keys(packageJson.scripts);
    for (const command of commands) {
      const [, script] = /^npm (?:run )?(\S+)/.exec(command) ?? [];
      expect([...scripts, 'ci'], command).toContain(script);
      for (const [, name] of command.matchAll(/-c (\w+)=/g)) expect(contextNames).toContain(name);
    }
  });

  it('deploys after the tests, without a question and without a stored key', () => {
    const { deploy, test } = workflow.jobs;
    expect(deploy.needs).toBe('test');
    expect(deploy.environment).toBe('prod');
    expect(deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect([workflow.permissions, test.permissions]).toEqual([{ contents: 'read' }, undefined]);
    expect(deploy.steps.flatMap(({ run = '' }) => /^npm run deploy\S*/.exec(run) ?? [])).toEqual([
      'npm run deploy:ci',
    ]);
    expect(packageJson.scripts['deploy:ci']).toContain('--require-approval never');
    const credentials = deploy.steps.find(({ uses = '' }) => uses.startsWith('aws-actions/'));
    expect(Object.keys(credentials?.with ?? {})).toEqual(['role-to-assume', 'aws-region']);
    expect(readExample('deploy.yml')).not.toMatch(/secrets\.|AWS_SECRET|AWS_ACCESS_KEY/);
  });
});

interface Statement {
  readonly Action: string;
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
interface RoleTemplate {
  readonly Resources: {
    readonly Role: {
      readonly Properties: {
        readonly AssumeRolePolicyDocument: { readonly Statement: readonly Statement[] };
        readonly Policies: readonly {
          readonly PolicyDocument: { readonly Statement: readonly Statement[] };
        }[];
        readonly ManagedPolicyArns?: unknown;
      };
    };
  };
}

/** The short forms of CloudFormation's functions, whose arguments are read as they are. */
const customTags = ['!Sub', '!Ref', '!GetAtt', '!Equals'].flatMap((tag) => [
  { tag, resolve: (value: string) => value },
  { tag, collection: 'seq' as const, resolve: (value: unknown) => value },
]) as never;

describe('the example of a role', () => {
  const { Properties } = (parse(readExample('github-role.yaml'), { customTags }) as RoleTemplate).Resources
    .Role;

  it('trusts one environment of one repository, and no other token of GitHub', () => {
    const [trust, ...others] = Properties.AssumeRolePolicyDocument.Statement;
    expect(others).toEqual([]);
    expect(trust?.Action).toBe('sts:AssumeRoleWithWebIdentity');
    const host = 'token.actions.githubusercontent.com';
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the parameters of Fn::Sub
    const subject = 'repo:${Repository}:environment:${Environment}';
    expect(trust?.Condition).toEqual({
      StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: subject },
    });
  });

  it('may do nothing but assume the roles of the CDK', () => {
    expect(Properties.ManagedPolicyArns).toBeUndefined();
    const statements = Properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.map(({ Action }) => Action)).toEqual(['sts:AssumeRole']);
    for (const resource of statements[0]?.Resource ?? []) {
      expect(resource).toMatch(/:role\/cdk-\$\{Qualifier\}-(deploy|file-publishing|lookup)-role-/);
      expect(resource).not.toContain('*');
    }
  });
});

describe('docs/environments.md', () => {
  it('has a row for each context value, and no other', () => {
    const section = findDocSection(readDocument('environments.md'), '## Context values');
    const rows = [...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect(rows.toSorted()).toEqual(contextNames.toSorted());
  });
});
