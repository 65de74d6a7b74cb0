import { isDeepStrictEqual } from 'node:util';
import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import type { AnswerRequest } from '../address.ts';
import type { Change } from './database.ts';
import { invalid, NotModelledError } from './errors.ts';
import { createMemoryDynamoDb } from './memory-dynamodb.ts';
import { oncePerToken } from './request-tokens.ts';
import type { IteratorInput } from './stream.ts';
import { type CreateTableInput, MemoryTables } from './tables.ts';
import { formatWire, parseWire } from './wire-values.ts';

/** The error that tells why a request is refused, in the form of DynamoDB's JSON protocol. */
const describeError = (error: unknown): { readonly status: number; readonly body: object } => {
  if (error instanceof DynamoDBServiceException) {
    const { name, message, Item, CancellationReasons } = error as DynamoDBServiceException & {
      readonly Item?: object;
      readonly CancellationReasons?: readonly object[];
    };
    return {
      status: 400,
      body: { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message, Item, CancellationReasons },
    };
  }
  const { message } = error as Error;
  if (error instanceof NotModelledError)
    return { status: 400, body: { __type: 'com.amazon.coral.validate#ValidationException', message } };
  // The request is no JSON, or lacks what every request of its operation has.
  const isMalformed = error instanceof SyntaxError || error instanceof TypeError;
  const type = isMalformed ? 'com.amazon.coral.service#SerializationException' : 'InternalServerError';
  return { status: isMalformed ? 400 : 500, body: { __type: type, message } };
};

interface ReadStreamInput {
  readonly ShardIterator?: string;
  readonly Limit?: number;
}

const formatIterator = (arn: string, position: number): string => `${position}|${arn}`;

const parseIterator = (iterator = ''): { readonly arn: string; readonly position: number } => {
  const [, position, arn] = /^(\d+)\|(.*)$/s.exec(iterator) ?? [];
  if (arn === undefined) throw invalid(`ShardIterator: given ${iterator}; allowed: one of GetShardIterator`);
  return { arn, position: Number(position) };
};

/** Creates the operations that a stack and its clients need, by the name under which a request asks for them. */
const createOperations = (): ReadonlyMap<string, (input: never) => object> => {
  const onChange = (change: Change): void => {
    if (isDeepStrictEqual(change.before, change.after)) return;
    tables.streamOf(change.table)?.add(change);
  };
  const database = createMemoryDynamoDb({ tables: {}, onChange });
  const tables = new MemoryTables(database);
  const { TransactWriteItems: transact, ...items } = database.operations;
  const streams = {
    DescribeStream: ({ StreamArn }: IteratorInput) => ({
      StreamDescription: tables.findStream(StreamArn).describe(),
    }),
    GetShardIterator: (input: IteratorInput) => {
      const stream = tables.findStream(input.StreamArn);
      return { ShardIterator: formatIterator(stream.arn, stream.position(input)) };
    },
    GetRecords: ({ ShardIterator, Limit }: ReadStreamInput) => {
      const { arn, position } = parseIterator(ShardIterator);
      const { records, next } = tables.findStream(arn).read(position, Limit);
      return { Records: records, NextShardIterator: formatIterator(arn, next) };
    },
  };
  const ofTables = {
    CreateTable: (input: CreateTableInput) => tables.create(input),
    DescribeTable: (input: { readonly TableName: string }) => tables.describe(input),
    DeleteTable: (input: { readonly TableName: string }) => tables.delete(input),
    ListTables: () => tables.list(),
  };
  const named = (prefix: string, operations: Readonly<Record<string, (input: never) => object>>) =>
    Object.entries(operations).map(([name, run]) => [`${prefix}_20120810.${name}`, run] as const);
  return new Map([
    ...named('DynamoDB', { ...items, TransactWriteItems: oncePerToken(transact) }),
    ...named('DynamoDB', ofTables),
    ...named('DynamoDBStreams', streams),
  ]);
};

/**
 * Creates a DynamoDB in the memory of this process that speaks DynamoDB's JSON protocol, with streams. It has no file:
 * its tables end with the process.
 */
export const createMemoryEngine = (): AnswerRequest => {
  const operations = createOperations();
  const run = (target: string, body: string): object => {
    const operation = operations.get(target);
    if (operation === undefined) throw new NotModelledError(`the operation ${target.replace(/^.*\./, '')}`);
    return operation(parseWire(body) as never);
  };
  return (target, body) => {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    try {
      return { status: 200, headers, body: formatWire(run(target, body.toString('utf8'))) };
    } catch (error) {
      const { status, body: refusal } = describeError(error);
      return { status, headers, body: formatWire(refusal) };
    }
  };
};
