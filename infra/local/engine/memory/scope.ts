import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../../../shared/dynamodb/index.ts';
import { invalid } from './errors.ts';

/** The names and values that the placeholders of an expression stand for. */
export interface Scope {
  readonly names: Readonly<Record<string, string>>;
  readonly values: Item;
}

export interface Placeholders {
  readonly ExpressionAttributeNames?: Record<string, string> | undefined;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue> | undefined;
}

const none = {};

export const buildScope = ({
  ExpressionAttributeNames = none,
  ExpressionAttributeValues = none,
}: Placeholders): Scope => ({ names: ExpressionAttributeNames, values: ExpressionAttributeValues });

export const resolveNamePlaceholder = ({ names }: Scope, word: string): string => {
  if (!word.startsWith('#')) return word;
  const name = names[word];
  if (name === undefined) throw invalid(`an expression attribute name used is not defined: ${word}`);
  return name;
};

export const resolveValuePlaceholder = ({ values }: Scope, word: string): AttributeValue => {
  const value = values[word];
  if (value === undefined) throw invalid(`an expression attribute value used is not defined: ${word}`);
  return value;
};

const placeholder = /[#:][A-Za-z0-9_]+/g;

/** Refuses placeholders that are given and not used, as DynamoDB does. */
export const assertUsed = (
  { names, values }: Scope,
  ...expressions: readonly (string | undefined)[]
): void => {
  const used = new Set(expressions.flatMap((expression) => expression?.match(placeholder) ?? []));
  for (const word of [...Object.keys(names), ...Object.keys(values)]) {
    if (!used.has(word)) throw invalid(`a placeholder is given that no expression uses: ${word}`);
  }
};
