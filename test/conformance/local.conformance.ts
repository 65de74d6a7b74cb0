import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from './backends/backend.ts';
import { startLocal } from './backends/local.ts';
import { runBehaviours } from './run-behaviours.ts';

let backend: Backend;
beforeAll(async () => {
  backend = await startLocal();
});
afterAll(() => backend?.stop());

describe('the local runtime does as AWS does:', () => runBehaviours('local', () => backend));
