import { describe, expect, it } from 'vitest';
import { apiSource, inboundContracts, internalContracts } from '../../events/index.ts';
import type { Producer } from '../../infra/producers.ts';
import { holds } from '../security/grants/conditions.ts';
import { type Conditions, many } from '../security/grants/statement.ts';
import { buildTemplates, listResources } from './synthesized.ts';

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: '*' | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition: Conditions;
}

const account = '123456789012';
const elsewhere = '999999999999';
const buildRoleArn = (where: string, name: string) => `arn:aws:iam::${where}:role/${name}`;
const shop = buildRoleArn(account, 'web-shop');
const crm = buildRoleArn(elsewhere, 'crm');
const privacy = buildRoleArn(account, 'privacy-team');
const publisher = 'PublishChangesHandlerRole.Arn';

const producers: readonly Producer[] = [
  { id: 'WebShop', principal: shop, sources: ['marketing.web', 'marketing.mail'] },
  { id: 'Crm', principal: elsewhere, sources: ['crm'], types: ['LeadStageChanged', 'LeadsMerged'] },
  { id: 'PrivacyTeam', principal: privacy, sources: ['privacy'], types: ['LeadErasureRequested'] },
];

const buildPolicy = (given: readonly Producer[]): readonly Statement[] =>
  listResources<{ EventBusName: string; StatementId: string; Statement: Statement }>(
    buildTemplates({ overrides: { producers: given } }).templates.stateless,
    'AWS::Events::EventBusPolicy',
  ).map(({ properties }) => properties.Statement);

interface Attempt {
  readonly by: string;
  readonly sources: readonly string[];
  readonly types: readonly string[];
  /** Whether the caller's own policy allows it to put any event on the bus. */
  readonly ownPolicy?: boolean;
}

const parseAccount = (arn: string): string => arn.split(':')[4] ?? account;

const isMeant = ({ Principal }: Statement, by: string): boolean =>
  Principal === '*' || Principal.AWS === by || Principal.AWS === parseAccount(by);

/**
 * Whether a caller may put an event on the bus, as AWS decides: a Deny is final. Within the account either policy may
 * allow it, from another account both have to. Source:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
const mayPut = (
  policy: readonly Statement[],
  { by, sources, types, ownPolicy = false }: Attempt,
): boolean => {
  const context = {
    'events:source': sources,
    'events:detail-type': types,
    'aws:PrincipalArn': [by],
    'aws:PrincipalAccount': [parseAccount(by)],
  };
  const apply = policy.filter((each) => isMeant(each, by) && holds(each.Condition, context));
  if (apply.some(({ Effect }) => Effect === 'Deny')) return false;
  const allowed = apply.some(({ Effect }) => Effect === 'Allow');
  return parseAccount(by) === account ? allowed || ownPolicy : allowed && ownPolicy;
};

const policy = buildPolicy(producers);
const may = (by: string, source: string, type: string, ownPolicy = false) =>
  mayPut(policy, { by, sources: [source], types: [type], ownPolicy });
const admin = buildRoleArn(account, 'admin');

describe('the policy of the bus', () => {
  it('is about putting events on this bus, and about nothing else', () => {
    for (const { Action, Resource } of policy)
      expect([Action, Resource]).toEqual(['events:PutEvents', 'Bus.Arn']);
  });

  it('names in each Allow one principal, its sources and inbound types', () => {
    const allows = policy.filter(({ Effect }) => Effect === 'Allow');
    expect(allows.map(({ Sid, Principal }) => [Sid, Principal])).toEqual([
      ['AllowWebShop', { AWS: shop }],
      ['AllowCrm', { AWS: elsewhere }],
      ['AllowPrivacyTeam', { AWS: privacy }],
    ]);
    const types = allows.flatMap(({ Condition }) =>
      many(Condition['ForAllValues:StringEquals']?.['events:detail-type'] ?? []),
    );
    expect(types.filter((type) => !Object.hasOwn(inboundContracts, type))).toEqual([]);
  });
});

describe('a producer', () => {
  it('may put what it is configured for', () => {
    expect(may(shop, 'marketing.web', 'LeadActivityRecorded')).toBe(true);
    expect(may(shop, 'marketing.mail', 'LeadProfileUpdated')).toBe(true);
    expect(may(crm, 'crm', 'LeadStageChanged', true)).toBe(true);
  });

  it('may not put under the source of another, nor another type', () => {
    expect(may(shop, 'crm', 'LeadActivityRecorded')).toBe(false);
    expect(may(crm, 'crm', 'LeadActivityRecorded', true)).toBe(false);
    expect(may(shop, 'marketing.web', 'LeadTierChanged')).toBe(false);
  });

  it('may not hide an entry that it may not put among others', () => {
    const types = ['LeadActivityRecorded'];
    expect(mayPut(policy, { by: shop, sources: ['marketing.web', 'crm'], types })).toBe(false);
    const mixed = ['LeadActivityRecorded', 'LeadErasureRequested'];
    expect(mayPut(policy, { by: shop, sources: ['marketing.web'], types: mixed, ownPolicy: true })).toBe(
      false,
    );
  });

  it('needs a source and a type: a request without is not allowed', () => {
    expect(mayPut(policy, { by: shop, sources: [], types: [] })).toBe(false);
  });

  it('from an account that is not configured may put nothing', () => {
    expect(may(buildRoleArn('555555555555', 'crm'), 'crm', 'LeadStageChanged', true)).toBe(false);
  });
});

describe('erasing and merging leads', () => {
  it('is for those who name the type', () => {
    expect(may(privacy, 'privacy', 'LeadErasureRequested')).toBe(true);
    expect(may(crm, 'crm', 'LeadsMerged', true)).toBe(true);
  });

  it.each(['LeadErasureRequested', 'LeadsMerged', 'LeadRescoreRequested'])(
    'is for nobody else, whatever their own policy allows: %s',
    (type) => {
      expect(may(shop, 'marketing.web', type, true)).toBe(false);
      expect(may(admin, 'anything', type, true)).toBe(false);
    },
  );

  it('is for whoever the account lets, where no producer is configured at all', () => {
    const open = buildPolicy([]);
    const attempt = { by: admin, sources: ['anything'], types: ['LeadErasureRequested'] };
    expect(mayPut(open, { ...attempt, ownPolicy: true })).toBe(true);
    expect(mayPut(open, attempt)).toBe(false);
  });
});

describe('the functions of the API', () => {
  const [taking, replaying] = ['TakeRequestsHandlerRole.Arn', 'ManageQuarantineHandlerRole.Arn'];

  it.each([
    [taking, ['LeadErasureRequested', 'LeadsMerged']],
    [replaying, ['LeadErasureRequested', 'LeadsMerged', 'LeadRescoreRequested']],
  ])(
    'may put, for callers with the role admin, what has to be named, and nothing of Sluice’s own: %s, %j',
    (by = '', types) => {
      for (const each of [policy, buildPolicy([])]) {
        const put = (source: string, type: string) =>
          mayPut(each, { by, sources: [source], types: [type], ownPolicy: true });
        for (const type of types) expect(put('crm', type)).toBe(true);
        expect(put('sluice', 'LeadErased')).toBe(false);
        expect(put('sluice.canary', 'LeadStageChanged')).toBe(false);
        expect(put('crm', 'HandoffDue')).toBe(false);
      }
    },
  );

  it('need a policy of their own: the bus allows them nothing', () => {
    for (const by of [taking, replaying])
      expect(mayPut(policy, { by: by ?? '', sources: ['crm'], types: ['LeadsMerged'] })).toBe(false);
  });
});

describe('the source sluice', () => {
  it.each([[policy], [buildPolicy([])]])('is for publish-changes alone, whatever others may do', (each) => {
    const attempt = { sources: ['sluice'], types: ['LeadErased'], ownPolicy: true };
    expect(mayPut(each, { ...attempt, by: publisher })).toBe(true);
    for (const by of [admin, shop, crm, privacy, buildRoleArn(account, 'score-leads')])
      expect(mayPut(each, { ...attempt, by })).toBe(false);
  });

  it('can not be hidden among others', () => {
    const attempt = { by: admin, types: ['LeadErased', 'LeadActivityRecorded'], ownPolicy: true };
    expect(mayPut(policy, { ...attempt, sources: ['marketing.web', 'sluice'] })).toBe(false);
    expect(mayPut(policy, { ...attempt, sources: ['marketing.web'] })).toBe(true);
  });
});

describe('the source of the canary', () => {
  it.each([[policy], [buildPolicy([])]])('is for send-canary alone, whatever others may do', (each) => {
    const attempt = { sources: ['sluice.canary'], types: ['LeadStageChanged'], ownPolicy: true };
    expect(mayPut(each, { ...attempt, by: 'SendCanaryHandlerRole.Arn' })).toBe(true);
    expect(mayPut(each, { ...attempt, by: admin })).toBe(false);
  });
});

describe('the type of a message within Sluice', () => {
  it.each(Object.keys(internalContracts))('is for nobody, whatever they may do: %s', (type) => {
    for (const each of [policy, buildPolicy([])])
      for (const by of [publisher, 'AdvanceLeadsHandlerRole.Arn', admin, shop])
        for (const source of ['sluice', 'marketing.web', 'anything'])
          expect(mayPut(each, { by, sources: [source], types: [type], ownPolicy: true })).toBe(false);
  });

  it('can not be hidden among others', () => {
    const types = ['LeadActivityRecorded', 'HandoffDue'];
    expect(mayPut(policy, { by: admin, sources: ['marketing.web'], types, ownPolicy: true })).toBe(false);
  });
});

describe('the statements of the policy', () => {
  const buildTemplate = (given: readonly Producer[]) =>
    buildTemplates({ overrides: { producers: given } }).templates.stateless;

  it('are written one after the other: of two changes of one policy at once, one could be lost', () => {
    const statements = Object.entries(buildTemplate(producers).Resources).filter(
      ([, { Type }]) => Type === 'AWS::Events::EventBusPolicy',
    );
    const waitsFor = (resource: object) => (resource as { DependsOn?: string[] }).DependsOn ?? [];
    const [, ...others] = statements;
    expect(statements).toHaveLength(12);
    for (const [at, [, resource]] of others.entries())
      expect(waitsFor(resource)).toContain(statements[at]?.[0]);
  });

  it('are refused where a bus would not take so many, before anything is deployed', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({
      id: `P${i}`,
      principal: account,
      sources: [`s.${i}`],
    }));
    expect(() => buildTemplate(many)).toThrow(
      /^context producers: given 29 statements of about \d+ characters; allowed: 10240 characters/,
    );
    expect(() => buildTemplate(many.slice(0, 8))).not.toThrow();
  });
});

describe('a role of the app that puts what the API takes in', () => {
  const api = buildRoleArn(account, 'take-requests');
  const put = (types: readonly string[], given = policy) =>
    mayPut(given, { by: api, sources: [apiSource], types, ownPolicy: true });

  it('may put what people and services say of leads and hand-offs', () => {
    for (const type of ['LeadStageChanged', 'HandoffAccepted', 'HandoffRejected'])
      expect(put([type])).toBe(true);
  });

  it('may put merges and erasures as long as no producer is configured, and then only if it is named', () => {
    for (const type of ['LeadsMerged', 'LeadErasureRequested']) {
      expect(put([type], buildPolicy([]))).toBe(true);
      expect(put([type])).toBe(false);
    }
  });
});
