import type { TableSpec } from './blueprint.ts';
import { type DynamoDbWire, WireError } from './dynamodb-wire.ts';
import { LocalStackError, messageOf } from './errors.ts';

export interface Table {
  readonly name: string;
  /** The engine's ARN of the table's stream. Lambda events have the template's ARN. */
  readonly engineStreamArn: string | undefined;
}

interface Index {
  readonly IndexName: string;
}

interface TableDescription {
  readonly LatestStreamArn?: string;
  readonly KeySchema: unknown;
  readonly GlobalSecondaryIndexes?: readonly Index[];
}

/** Returns the CreateTable input for a template's table. Capacity is always on demand, since nobody pays here. */
const createTableInput = ({ name, properties }: TableSpec): object => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: properties.AttributeDefinitions,
  KeySchema: properties.KeySchema,
  ...(properties.StreamSpecification && {
    StreamSpecification: { StreamEnabled: true, ...properties.StreamSpecification },
  }),
  ...(properties.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes }),
  ...(properties.LocalSecondaryIndexes && { LocalSecondaryIndexes: properties.LocalSecondaryIndexes }),
});

const failed = ({ name, id }: TableSpec, verb: string, why: string, cause?: unknown): LocalStackError =>
  new LocalStackError('TABLE_NOT_CREATED', `the table ${name} (${id}) can't be ${verb}: ${why}`, { cause });

/**
 * Creates a table.
 *
 * @throws LocalStackError `TABLE_NOT_CREATED`, also if the engine already has a table of that name
 */
export const createTable = async (wire: DynamoDbWire, spec: TableSpec): Promise<Table> => {
  try {
    const { TableDescription } = await wire.call<{ TableDescription: TableDescription }>(
      'DynamoDB_20120810.CreateTable',
      createTableInput(spec),
    );
    return { name: spec.name, engineStreamArn: TableDescription.LatestStreamArn };
  } catch (error) {
    throw failed(spec, 'created', messageOf(error), error);
  }
};

const describeTable = async (wire: DynamoDbWire, name: string): Promise<TableDescription | undefined> => {
  try {
    const input = { TableName: name };
    return (await wire.call<{ Table: TableDescription }>('DynamoDB_20120810.DescribeTable', input)).Table;
  } catch (error) {
    if (error instanceof WireError && error.type === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

/** Adds the indexes that the template has gained, and fills them from the items of the table, as a deployment does. */
const addIndexes = async (wire: DynamoDbWire, spec: TableSpec, found: TableDescription): Promise<void> => {
  const existing = new Set(found.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  for (const index of spec.properties.GlobalSecondaryIndexes ?? []) {
    if (existing.has(index.IndexName)) continue;
    await wire.call('DynamoDB_20120810.UpdateTable', {
      TableName: spec.name,
      AttributeDefinitions: spec.properties.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    });
  }
};

/**
 * Returns the engine's table of an earlier start, or creates it.
 *
 * @throws LocalStackError `TABLE_NOT_CREATED`, also if the template's table now has other keys or another stream
 */
export const reuseTable = async (wire: DynamoDbWire, spec: TableSpec): Promise<Table> => {
  const found = await describeTable(wire, spec.name);
  if (found === undefined) return createTable(wire, spec);
  const { KeySchema, StreamSpecification } = spec.properties;
  const sameKeys = JSON.stringify(found.KeySchema) === JSON.stringify(KeySchema);
  if (!sameKeys || (StreamSpecification !== undefined && found.LatestStreamArn === undefined)) {
    throw failed(
      spec,
      'used again',
      'by now it has other keys or another stream; choose another data folder',
    );
  }
  try {
    await addIndexes(wire, spec, found);
  } catch (error) {
    throw failed(spec, 'used again', messageOf(error), error);
  }
  return { name: spec.name, engineStreamArn: found.LatestStreamArn };
};

export const deleteTable = async (wire: DynamoDbWire, { name }: Table): Promise<void> => {
  await wire.call('DynamoDB_20120810.DeleteTable', { TableName: name });
};
