import { createMemoryEngine } from '../../../infra/local/engine/memory/memory-engine.ts';
import { serve } from '../../../infra/local/engine/memory/serve.ts';
import type { Backend } from './backend.ts';
import { openDatabase } from './database.ts';

/** Serves the engine in memory, which takes the place of the embedded one where that has no binary. */
export const startMemory = async (): Promise<Backend> => {
  const { endpoint, stop } = await serve(createMemoryEngine());
  const { close, ...database } = openDatabase(endpoint);
  return {
    name: 'engine in memory',
    database,
    stop: async () => {
      close();
      await stop();
    },
  };
};
