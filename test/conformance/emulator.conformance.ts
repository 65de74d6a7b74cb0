import { afterAll, beforeAll, describe } from 'vitest';
import type { Backend } from './backends/backend.ts';
import { startEmulator, whyNoEmulator } from './backends/emulator-process.ts';
import { runBehaviours } from './run-behaviours.ts';

const reason = whyNoEmulator();
if (reason !== undefined) console.log(`The emulator is left out: ${reason}`);

describe.skipIf(reason !== undefined)('the emulator does as AWS does:', () => {
  let backend: Backend;
  beforeAll(async () => {
    backend = await startEmulator();
  });
  afterAll(() => backend?.stop());

  runBehaviours('emulator', () => backend);
});
