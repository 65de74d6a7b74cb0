import { describe, expect, it } from 'vitest';
import { compare, findDenied } from '../../security/grants/compare.ts';
import { listRights } from '../../security/grants/statement.ts';

const grants = (Action: string | string[], Resource: string, Condition = {}) =>
  listRights('Allow', { Effect: 'Allow', Action, Resource, Condition });
const use = (action: string, resource: string, context = {}) => ({ action, resource, context });
const table = 'arn:aws:dynamodb:eu-west-1:111111111111:table/T';
const agreed = { missing: [], unused: [] };

describe('grants compared with uses', () => {
  it('agree if each grant was used and each use is granted', () => {
    const granted = grants(['dynamodb:Query', 'dynamodb:PutItem'], table);
    const used = ['dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:Query'];
    expect(
      compare(
        granted,
        used.map((action) => use(action, 'dynamodb:table/T')),
      ),
    ).toEqual(agreed);
  });

  it('show uses that are not granted: of another action, or of the same one on another resource', () => {
    const granted = grants('dynamodb:Query', table);
    const used = [
      use('dynamodb:Query', 'dynamodb:table/T'),
      use('dynamodb:Query', 'dynamodb:table/T/index/I'),
      use('dynamodb:Scan', 'dynamodb:table/T'),
    ];
    expect(compare(granted, used).missing).toEqual([
      'dynamodb:Query on dynamodb:table/T/index/I',
      'dynamodb:Scan on dynamodb:table/T',
    ]);
  });

  it('show grants that are not used', () => {
    const granted = grants(['dynamodb:Query', 'dynamodb:DeleteItem'], table);
    expect(compare(granted, [use('dynamodb:Query', 'dynamodb:table/T')]).unused).toEqual([
      'dynamodb:DeleteItem on dynamodb:table/T',
    ]);
  });

  it('treat a wildcard in a resource as what it covers, and no more', () => {
    const granted = grants('s3:PutObject', 'arn:aws:s3:::b/anchors/*');
    expect(compare(granted, [use('s3:PutObject', 's3:b/anchors/2026/a.json')])).toEqual(agreed);
    expect(compare(granted, [use('s3:PutObject', 's3:b/other/a.json')]).missing).toHaveLength(1);
  });

  it.each([
    [{ 'events:source': ['sluice', 'sluice'] }, agreed],
    [{ 'events:source': ['sluice', 'web'] }, { missing: [expect.any(String)], unused: [expect.any(String)] }],
    [{}, { missing: [expect.any(String)], unused: [expect.any(String)] }],
  ])('look at what conditions ask of a call: %j', (context, compared) => {
    const granted = grants('events:PutEvents', 'arn:aws:events:eu-west-1:1:event-bus/B', {
      'ForAllValues:StringEquals': { 'events:source': 'sluice' },
      Null: { 'events:source': 'false' },
    });
    expect(compare(granted, [use('events:PutEvents', 'events:event-bus/B', context)])).toEqual(compared);
  });

  const limited = grants('dynamodb:UpdateItem', table, {
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['pk', 'status'] },
    Null: { 'dynamodb:Attributes': 'false' },
    StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' },
  });
  const update = (names: readonly string[], returned: readonly string[] = ['NONE', 'NONE']) =>
    use('dynamodb:UpdateItem', 'dynamodb:table/T', {
      'dynamodb:Attributes': names,
      'dynamodb:ReturnValues': returned,
    });

  it('agree if the calls together touch the attributes that are allowed, and no other', () => {
    expect(compare(limited, [update(['pk', 'status']), update(['pk'])])).toEqual(agreed);
  });

  it('show calls that touch another attribute, or that would return the item, and say which', () => {
    const calls = [
      update(['pk', 'status']),
      update(['pk', 'facts']),
      update(['pk'], ['NONE', 'ALL_OLD']),
      update(['pk'], ['ALL_NEW', 'NONE']),
    ];
    const { missing, unused } = compare(limited, calls);
    expect(missing).toHaveLength(3);
    expect(missing.join()).toContain('["pk","facts"]');
    expect(unused).toEqual([]);
  });

  it('show attributes that are allowed and that no call touched', () => {
    expect(compare(limited, [update(['pk'])]).unused).toEqual([
      'dynamodb:UpdateItem on dynamodb:table/T with dynamodb:Attributes status',
    ]);
  });

  it('refuse statements that they cannot judge', () => {
    const odd = grants('s3:PutObject', 'arn:aws:s3:::b', { NumericLessThan: { 'x:y': '5' } });
    expect(() => compare(odd, [use('s3:PutObject', 's3:b')])).toThrow('condition NumericLessThan');
    expect(() => listRights('Allow', { Effect: 'Deny', Action: 'a:b', Resource: '*' })).toThrow('given Deny');
  });
});

describe('denials compared with uses', () => {
  const denials = (Action: string, Condition = {}) =>
    listRights('Deny', { Effect: 'Deny', Action, Resource: 'arn:aws:s3:::b/*', Condition });
  const write = (context = {}) => use('s3:PutObject', 's3:b/k', context);

  it.each([
    ['an action that was used', denials('s3:PutObject'), ['s3:PutObject on s3:b/k']],
    ['all actions', denials('s3:*'), ['s3:PutObject on s3:b/k']],
    ['another action', denials('s3:DeleteObject'), []],
  ])('find uses that a policy denies: %s', (_, denied, found) => {
    expect(findDenied(denied, [write()])).toEqual(found);
  });

  it('look at the conditions', () => {
    const unconditional = denials('s3:PutObject', { Null: { 's3:if-none-match': 'true' } });
    expect(findDenied(unconditional, [write()])).toHaveLength(1);
    expect(findDenied(unconditional, [write({ 's3:if-none-match': ['*'] })])).toEqual([]);
    const plain = denials('s3:*', { Bool: { 'aws:SecureTransport': 'false' } });
    expect(findDenied(plain, [write({ 'aws:SecureTransport': ['false'] })])).toHaveLength(1);
    expect(findDenied(plain, [write({ 'aws:SecureTransport': ['true'] })])).toEqual([]);
  });
});
