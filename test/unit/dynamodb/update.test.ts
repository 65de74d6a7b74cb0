import { describe, expect, it } from 'vitest';
import { buildInsert, buildUpdate, buildUpsert, isNew, N, S } from '../../../shared/dynamodb/index.ts';

const key = { pk: 'a', sk: 'b' };
const condition = 'attribute_exists(pk)';

describe('an update', () => {
  it('names every attribute and value by a placeholder, so that no word is reserved', () => {
    expect(
      buildUpdate({
        table: 'leads',
        key,
        setIfAbsent: { first: S('x') },
        set: { status: S('done'), size: N(2) },
        remove: ['owner', 'note'],
        add: { times: N(1) },
        condition,
      }),
    ).toEqual({
      TableName: 'leads',
      Key: { pk: { S: 'a' }, sk: { S: 'b' } },
      UpdateExpression:
        'SET #first = if_not_exists(#first, :first), #status = :status, #size = :size REMOVE #owner, #note ADD #times :times',
      ConditionExpression: condition,
      ExpressionAttributeNames: {
        '#first': 'first',
        '#status': 'status',
        '#size': 'size',
        '#owner': 'owner',
        '#note': 'note',
        '#times': 'times',
      },
      ExpressionAttributeValues: {
        ':first': { S: 'x' },
        ':status': { S: 'done' },
        ':size': { N: '2' },
        ':times': { N: '1' },
      },
    });
  });

  it('names attributes that only its condition names, and takes values that only its condition needs', () => {
    const update = buildUpdate({
      table: 'leads',
      key,
      set: { status: S('done') },
      condition: '#times = :times AND #status <> :status',
      values: { times: N(3) },
    });
    expect(update.ExpressionAttributeNames).toEqual({ '#status': 'status', '#times': 'times' });
    expect(update.ExpressionAttributeValues).toEqual({ ':status': { S: 'done' }, ':times': { N: '3' } });
  });

  it('sends no values if it has none: DynamoDB refuses an empty map', () => {
    const update = buildUpdate({ table: 'leads', key, remove: ['note'], condition });
    expect(update.UpdateExpression).toBe('REMOVE #note');
    expect(update).not.toHaveProperty('ExpressionAttributeValues');
  });
});

describe('an upsert', () => {
  it('writes all attributes of an item but its keys, with a condition only if it is given one', () => {
    const upsert = buildUpsert('leads', { pk: S('a'), sk: S('b'), status: S('open') });
    expect(upsert).toEqual({ table: 'leads', key, set: { status: S('open') } });
    expect(buildUpdate(upsert)).not.toHaveProperty('ConditionExpression');
    expect(buildUpdate({ ...upsert, condition: isNew })).toMatchObject({
      UpdateExpression: 'SET #status = :status',
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });
});

describe('an insert', () => {
  it('is refused if the item exists', () => {
    expect(buildInsert('leads', { pk: S('a') })).toEqual({
      TableName: 'leads',
      Item: { pk: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
  });
});
