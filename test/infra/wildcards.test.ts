import { describe, expect, it } from 'vitest';
import { readAssembly } from '../../infra/local/assembly.ts';
import type { Resource } from '../../infra/local/resource-types.ts';
import { findWildcards } from '../security/grants/wildcards.ts';
import { buildTemplates } from './synthesized.ts';

/**
 * The managed policies of AWS that are used, whose wildcards no template shows, each with the reason for which it may
 * be.
 */
const managed: Readonly<Record<string, string>> = {
  'Deployments/Role: AWSCodeDeployRoleForLambdaLimited':
    'CodeDeploy alone may take the role on. It moves aliases of our functions, reads alarms, and may do so with those of others; which less would do, no engine but AWS can tell.',
};

const findManaged = (resources: readonly Resource[]): string[] =>
  resources.flatMap(({ path, properties }) =>
    ((properties.ManagedPolicyArns ?? []) as unknown[]).map(
      (arn) => `${path}: ${/([^/"]+)"?[\]}]*$/.exec(JSON.stringify(arn))?.[1]}`,
    ),
  );

const resourcesWith = (props: Parameters<typeof buildTemplates>[0]): readonly Resource[] => {
  const { app, outdir } = buildTemplates(props);
  app.synth();
  return readAssembly(outdir).resources;
};
const producers = [{ id: 'Crm', principal: '999999999999', sources: ['crm'] }];
const resources = resourcesWith({ overrides: { producers, keepData: true } });
const found = findWildcards(resources);

/** The wildcards that a policy may have, each with the reason for which it is needed. */
const reasons: readonly { readonly at: RegExp; readonly statement: RegExp; readonly why: string }[] = [
  {
    at: /\/Handler\/Role$/,
    statement: /^Allow xray:PutTelemetryRecords xray:PutTraceSegments on \*$/,
    why: 'X-Ray has no resources: both actions take nothing but *.',
  },
  {
    at: /^PublishChanges\/Handler\/Role$/,
    statement: /^Allow s3:PutObject on …\/aws\/lambda\/\*$/,
    why: 'Lambda names the objects after mapping, shard and date, all of them below this prefix.',
  },
  {
    at: /^AnchorHeads\/Handler\/Role$/,
    statement: /^Allow s3:GetObject s3:PutObject on …\/anchors\/\*$/,
    why: 'Objects are named after the instant of their run, all of them below this prefix.',
  },
  {
    at: /^(TakeRequests|ManageQuarantine)\/Handler\/Role$/,
    statement: /^Allow s3:GetObject on …\/anchors\/\*$/,
    why: 'Objects are named after the instant of their run, all of them below this prefix.',
  },
  {
    at: /^(FailedRecords|Anchors)\/Policy$/,
    statement: /^Deny s3:\* on … …\/\* for \* if Bool$/,
    why: 'Refuses plain HTTP, whatever is done, to whatever object, by whomever.',
  },
  {
    at: /^Anchors\/Policy$/,
    statement: /^Deny s3:PutObject on …\/\* for \* if Null$/,
    why: 'Refuses writes that could put a version over an anchor, whichever it is, by whomever.',
  },
  {
    at: /^Anchors\/Policy$/,
    statement: /^Deny s3:BypassGovernanceRetention s3:DeleteObject (s3:\w+ )+on …\/\* for \*$/,
    why: 'Refuses to delete or hide any anchor, and to shorten its lock, by whomever.',
  },
  {
    at: /\/(Queue|DeadLetters|Undeliverable|MissedRuns)\/Policy$/,
    statement: /^Deny sqs:\* on … for \* if Bool$/,
    why: 'Refuses plain HTTP, whatever is done, by whomever.',
  },
  {
    at: /^BusPolicy\//,
    statement:
      /^Deny events:PutEvents on … for \* if (ArnNotEquals )?ForAnyValue:StringEquals( StringNotEquals)?$/,
    why: 'Refuses what only a few may put, to everybody else.',
  },
];

const isGiven = (wildcard: (typeof found)[number]): boolean =>
  reasons.some(({ at, statement }) => at.test(wildcard.at) && statement.test(wildcard.statement));

describe('a wildcard in a policy', () => {
  it('has a reason', () => {
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((wildcard) => !isGiven(wildcard))).toEqual([]);
  });

  it.each(reasons)('is still there where a reason is given: $why', ({ at, statement, why }) => {
    expect(found.filter((each) => at.test(each.at) && statement.test(each.statement))).not.toEqual([]);
    expect(why).toMatch(/^[A-Z].{30,}\.$/);
  });
});

describe("a policy of AWS's own", () => {
  it('is used with a reason, and nowhere else', () => {
    expect(findManaged(resources)).toEqual(Object.keys(managed));
    for (const why of Object.values(managed)) expect(why).toMatch(/^[A-Z].{30,}\.$/);
  });
});

describe('the search for wildcards', () => {
  const resource = (properties: object) =>
    ({ path: 'X', properties, stack: 'S', logicalId: 'X', type: 'T', metadata: {} }) as Resource;
  const statement = { Effect: 'Allow', Action: 'a:b', Resource: { Ref: 'R' } };

  it.each([
    [{ Action: 'a:*' }],
    [{ Resource: '*' }],
    [{ Resource: { 'Fn::Join': ['', [{ Ref: 'R' }, '/*']] } }],
    [{ Resource: { 'Fn::Sub': ['arn:aws:s3:::…/*', {}] } }],
    [{ Principal: '*' }],
    [{ Principal: { AWS: ['1', '*'] } }],
    [{ Action: undefined, NotAction: 'a:b' }],
    [{ Resource: undefined, NotResource: 'r' }],
  ])('finds %j, at any depth', (change) => {
    const deep = { Policies: [{ PolicyDocument: { Statement: [{ ...statement, ...change }] } }] };
    expect(findWildcards([resource(deep)])).toHaveLength(1);
  });

  it('finds none where there is none', () => {
    expect(findWildcards([resource({ PolicyDocument: { Statement: [statement] } })])).toEqual([]);
  });
});
