import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from './backends/backend.ts';
import { startDynamoDbLocal } from './backends/dynamodb-local.ts';
import { whyNoJava } from './java/tools.ts';
import { runBehaviours } from './run-behaviours.ts';

const reason = whyNoJava();
if (reason !== undefined) console.log(`DynamoDB Local is left out: ${reason}`);

describe.skipIf(reason !== undefined)('DynamoDB Local does as DynamoDB does:', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startDynamoDbLocal();
  });
  afterAll(() => backend?.stop());

  runBehaviours('dynamodb-local', () => backend);
});
