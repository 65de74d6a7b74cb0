import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { lambdaHandler, readEnvironment } from '../../shared/lambda/index.ts';
import { createModelRegistry } from '../../shared/model-store/index.ts';
import { manageModels } from './manage-models.ts';
import { createRescoringAdmin } from './rescoring-admin.ts';

const { LEADS_TABLE: table } = readEnvironment(['LEADS_TABLE']);
const props = { client: new DynamoDBClient(), table, now: Date.now };

export const handler = lambdaHandler(
  manageModels({
    registry: createModelRegistry(props),
    rescoring: createRescoringAdmin(props),
    now: Date.now,
  }),
);
