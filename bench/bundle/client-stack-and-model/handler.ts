import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../../shared/lambda/index.ts';
import { readModel } from '../../../shared/model-store/index.ts';

const client = new DynamoDBClient();
const model = readModel(readEnvironment(['MODEL_FILE']).MODEL_FILE);

/**
 * A handler with everything that surrounds a function, and the scoring model, read and compiled, instead of the
 * contracts.
 */
export const handler = lambdaHandler(async () => [await client.config.region(), model.version]);
