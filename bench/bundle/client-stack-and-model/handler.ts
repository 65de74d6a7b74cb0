import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readModel } from '../../../functions/score-leads/active-model.ts';
import { lambdaHandler, readEnvironment } from '../../../shared/lambda/index.ts';

const client = new DynamoDBClient();
const model = readModel(readEnvironment(['MODEL_FILE']).MODEL_FILE);

/** The same with the scoring model, read and compiled, in place of the contracts. */
export const handler = lambdaHandler(async () => [await client.config.region(), model.version]);
