import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parseUses } from '../../security/recorder/parse-uses.ts';
import { startRecorder } from '../../security/recorder/start-recorder.ts';

interface Asked {
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  readonly method?: string;
  readonly url?: string;
}

const asked = (given: Asked) => {
  const { target = '', body = {}, method = 'POST', url = '/' } = given;
  const { pathname: path, searchParams: query } = new URL(url, 'http://127.0.0.1');
  const headers = { ...(target !== '' && { 'x-amz-target': target }), ...given.headers };
  return parseUses({ method, path, query, headers, body: Buffer.from(JSON.stringify(body)) });
};
const dynamoDb = (operation: string, body: object) =>
  asked({ target: `DynamoDB_20120810.${operation}`, body }).uses.map(
    ({ action, resource }) => `${action} ${resource}`,
  );

describe('the permissions that a call needs', () => {
  it('are, for a transaction, those of each of its members', () => {
    const on = { TableName: 'T' };
    const TransactItems = [
      { Put: on },
      { Update: on },
      { Delete: on },
      { ConditionCheck: { TableName: 'U' } },
    ];
    expect(dynamoDb('TransactWriteItems', { TransactItems })).toEqual([
      'dynamodb:PutItem dynamodb:table/T',
      'dynamodb:UpdateItem dynamodb:table/T',
      'dynamodb:DeleteItem dynamodb:table/T',
      'dynamodb:ConditionCheckItem dynamodb:table/U',
    ]);
  });

  it('are, for a batch, the action on each table', () => {
    expect(dynamoDb('BatchGetItem', { RequestItems: { T: { Keys: [] }, U: { Keys: [] } } })).toEqual([
      'dynamodb:BatchGetItem dynamodb:table/T',
      'dynamodb:BatchGetItem dynamodb:table/U',
    ]);
  });

  it('are, for a query of an index, on the index and not on its table', () => {
    expect(dynamoDb('Query', { TableName: 'T', IndexName: 'by-lead' })).toEqual([
      'dynamodb:Query dynamodb:table/T/index/by-lead',
    ]);
    expect(dynamoDb('Query', { TableName: 'T' })).toEqual(['dynamodb:Query dynamodb:table/T']);
  });

  const touched = (operation: string, body: object) =>
    asked({ target: `DynamoDB_20120810.${operation}`, body }).uses.map(
      ({ context }) => context['dynamodb:Attributes'],
    );

  const leading = (operation: string, body: object) =>
    asked({ target: `DynamoDB_20120810.${operation}`, body }).uses.map(
      ({ context }) => context['dynamodb:LeadingKeys'],
    );

  it('name the partitions of keys, and the one that a query reads', () => {
    const Key = { pk: { S: 'LEAD#l-1' }, sk: { S: 'STATE' } };
    expect(leading('GetItem', { TableName: 'T', Key })).toEqual([['LEAD#l-1']]);
    const query = {
      TableName: 'T',
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :from)',
      ExpressionAttributeValues: { ':pk': { S: 'LEAD#l-2' }, ':from': { S: 'EVENT#' } },
    };
    expect(leading('Query', query)).toEqual([['LEAD#l-2']]);
    expect(leading('Scan', { TableName: 'T' })).toEqual([undefined]);
  });

  it('name the attributes of keys, items and all expressions, each path by its outermost one', () => {
    const update = {
      TableName: 'T',
      Key: { pk: {}, sk: {} },
      UpdateExpression: 'SET #a.#b = if_not_exists(#c, :c), plain[0] = :d REMOVE #e ADD times :one',
      ConditionExpression: 'attribute_not_exists(pk) OR (NOT #f = :f AND size(#g) > :g)',
      ExpressionAttributeNames: { '#a': 'a', '#b': 'b', '#c': 'c', '#e': 'e', '#f': 'f', '#g': 'g' },
    };
    const names = ['a', 'c', 'e', 'f', 'g', 'pk', 'plain', 'sk', 'times'];
    expect(touched('UpdateItem', update)).toEqual([names]);
    expect(touched('TransactWriteItems', { TransactItems: [{ Update: update }] })).toEqual([names]);
    expect(touched('PutItem', { TableName: 'T', Item: { pk: {}, body: {} } })).toEqual([['body', 'pk']]);
    expect(
      touched('Query', {
        TableName: 'T',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :from)',
        FilterExpression: 'tier IN (:a, :b)',
        ProjectionExpression: '#s, score',
        ExpressionAttributeNames: { '#s': 'status' },
      }),
    ).toEqual([['pk', 'score', 'sk', 'status', 'tier']]);
    expect(
      touched('BatchGetItem', {
        RequestItems: { T: { Keys: [{ pk: {} }, { pk: {} }], ProjectionExpression: 'status' } },
      }),
    ).toEqual([['pk', 'status']]);
  });

  const contextOf = (operation: string, body: object) =>
    asked({ target: `DynamoDB_20120810.${operation}`, body: { TableName: 'T', ...body } }).uses[0]?.context;

  it.each([
    ['Query', {}, 'ALL_ATTRIBUTES'],
    ['Query', { ProjectionExpression: 'a' }, 'ALL_ATTRIBUTES'],
    ['Scan', { ProjectionExpression: 'a', Select: 'SPECIFIC_ATTRIBUTES' }, 'SPECIFIC_ATTRIBUTES'],
    ['GetItem', {}, 'ALL_ATTRIBUTES'],
    ['GetItem', { ProjectionExpression: 'a' }, 'SPECIFIC_ATTRIBUTES'],
  ])('tell whether %s with %j reads whole items', (operation, body, select) => {
    expect(contextOf(operation, body)?.['dynamodb:Select']).toEqual([select]);
  });

  it.each([
    ['UpdateItem', {}, ['NONE', 'NONE']],
    ['UpdateItem', { ReturnValues: 'ALL_NEW' }, ['ALL_NEW', 'NONE']],
    ['PutItem', { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }, ['NONE', 'ALL_OLD']],
  ])('tell what %s with %j returns', (operation, body, returned) => {
    expect(contextOf(operation, body)?.['dynamodb:ReturnValues']).toEqual(returned);
  });

  it('are, for events, on each bus with the sources and types that it is given', () => {
    const entry = (EventBusName: string, Source: string) => ({
      EventBusName,
      Source,
      DetailType: 'A',
      Detail: '{}',
    });
    const Entries = [entry('b', 'sluice'), entry('arn:aws:events:eu-west-1:1:event-bus/b2', 'x')];
    expect(asked({ target: 'AWSEvents.PutEvents', body: { Entries } }).uses).toEqual([
      {
        action: 'events:PutEvents',
        resource: 'events:event-bus/b',
        context: { 'events:source': ['sluice'], 'events:detail-type': ['A'] },
      },
      {
        action: 'events:PutEvents',
        resource: 'events:event-bus/b2',
        context: { 'events:source': ['x'], 'events:detail-type': ['A'] },
      },
    ]);
  });

  it.each([
    ['PUT', '/b/a/1%3A2.json?x-id=PutObject', 's3:PutObject', 's3:b/a/1:2.json', {}],
    ['GET', '/b/a?x-id=GetObject', 's3:GetObject', 's3:b/a', {}],
    ['GET', '/b/?list-type=2&prefix=a%2F', 's3:ListBucket', 's3:b', { 's3:prefix': ['a/'] }],
  ])('is, for %s %s, %s', (method, url, action, resource, context) => {
    expect(asked({ method, url }).uses).toEqual([{ action, resource, context }]);
  });

  it('has the condition that a write depends on', () => {
    const [write] = asked({ method: 'PUT', url: '/b/a', headers: { 'if-none-match': '*' } }).uses;
    expect(write?.context).toEqual({ 's3:if-none-match': ['*'] });
  });

  it.each([
    [{ target: 'DynamoDB_20120810.ExecuteStatement' }, "DynamoDB's ExecuteStatement"],
    [
      { target: 'DynamoDB_20120810.GetItem', body: { TableName: 'T', AttributesToGet: ['a'] } },
      "DynamoDB's AttributesToGet",
    ],
    [{ target: 'AWSEvents.PutRule' }, "EventBridge's PutRule"],
    [{ target: 'AmazonSQS.PurgeQueue' }, "SQS's PurgeQueue"],
    [{ method: 'PUT', url: '/b/k?acl' }, "S3's PUT object acl"],
  ])('is not guessed: %j', (given, call) => {
    expect(() => asked(given)).toThrow(call);
  });
});

describe('the recorder', () => {
  const start = async () => {
    const server = createServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{}');
    }).listen(0, '127.0.0.1');
    const recorder = await startRecorder();
    onTestFinished(async () => {
      await recorder.close();
      server.close();
    });
    recorder.forwardTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return recorder;
  };
  const put = (endpoint: string, userAgentAppId: string) =>
    new DynamoDBClient({
      endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      userAgentAppId,
    }).send(new PutItemCommand({ TableName: 'T', Item: {} }));

  it('recognises a function by its user agent, and passes its call on', async () => {
    const recorder = await start();
    await put(recorder.endpoint, 'score-leads/PTEnv/');
    expect(recorder.uses()).toEqual([
      {
        caller: 'score-leads',
        operation: 'PutItem',
        action: 'dynamodb:PutItem',
        resource: 'dynamodb:table/T',
        context: { 'dynamodb:Attributes': [], 'dynamodb:ReturnValues': ['NONE', 'NONE'] },
      },
    ]);
  });

  it('reports calls of unknown callers, and those that it can not read', async () => {
    const recorder = await start();
    await put(recorder.endpoint, '');
    await fetch(recorder.endpoint, { method: 'POST', headers: { 'x-amz-target': 'AmazonSQS.PurgeQueue' } });
    expect(recorder.uses().map(({ caller }) => caller)).toEqual(['nobody']);
    expect(recorder.unread()).toEqual([expect.stringContaining("nobody: SQS's PurgeQueue")]);
  });
});
