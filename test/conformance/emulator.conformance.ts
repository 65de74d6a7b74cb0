import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from './backends/backend.ts';
import { connectEmulator } from './backends/emulator.ts';
import { runBehaviours } from './run-behaviours.ts';

const endpoint = process.env.EMULATOR_ENDPOINT;
if (endpoint === undefined) console.log('The emulator is left out: EMULATOR_ENDPOINT is not set');

describe.skipIf(endpoint === undefined)('the emulator does as AWS does:', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = connectEmulator(endpoint ?? '', 'ministack 1.5.33', async () => undefined);
  });
  afterAll(() => backend?.stop());

  runBehaviours('emulator', () => backend);
});
