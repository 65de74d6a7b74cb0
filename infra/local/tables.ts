import type { TableSpec } from './blueprint.ts';
import type { DynamoDbWire } from './dynamodb-wire.ts';
import { LocalStackError, messageOf } from './errors.ts';

export interface Table {
  readonly name: string;
  /** What the engine calls the table's stream; its ARN in Lambda events is the template's. */
  readonly engineStreamArn: string | undefined;
}

/** What of a template's table CreateTable takes. Capacity is always on demand: nobody pays here. */
export const createTableInput = ({ name, properties }: TableSpec): object => ({
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

/** @throws LocalStackError `TABLE_NOT_CREATED`, also when the engine already has a table of that name */
export const createTable = async (wire: DynamoDbWire, spec: TableSpec): Promise<Table> => {
  try {
    const { TableDescription } = await wire.call<{ TableDescription: { LatestStreamArn?: string } }>(
      'DynamoDB_20120810.CreateTable',
      createTableInput(spec),
    );
    return { name: spec.name, engineStreamArn: TableDescription.LatestStreamArn };
  } catch (error) {
    const message = `the table ${spec.name} (${spec.id}) can't be created: ${messageOf(error)}`;
    throw new LocalStackError('TABLE_NOT_CREATED', message, { cause: error });
  }
};

export const deleteTable = async (wire: DynamoDbWire, { name }: Table): Promise<void> => {
  await wire.call('DynamoDB_20120810.DeleteTable', { TableName: name });
};
