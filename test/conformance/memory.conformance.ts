import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from './backends/backend.ts';
import { startMemory } from './backends/memory.ts';
import { runBehaviours } from './run-behaviours.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await startMemory();
});
afterAll(() => backend?.stop());

describe('the engine in memory does as DynamoDB does:', () => runBehaviours('memory', () => backend));
