import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readModel } from '../../../functions/score-leads/active-model.ts';
import { lambdaHandler, readEnvironment } from '../../../shared/lambda/index.ts';

const client = new DynamoDBClient();
const model = readModel(readEnvironment(['MODEL_FILE']).MODEL_FILE);

/**
 * A handler with everything that surrounds a function, and the scoring model, read and compiled, instead of the
 * contracts.
 */
export const handler = lambdaHandler(async () => [await client.config.region(), model.version]);
