import { beforeEach, describe, expect, it } from 'vitest';
import { compareModel } from '../../../cli/doctor/aws/check-model.ts';
import { createModelRegistry, ensureFirst, type ModelRegistry } from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../../support/models.ts';

const numbered = (version: string, title = 'Small') =>
  compileDocument({ ...smallDocument(), version, title });
const ana = { by: 'ana', reason: 'better' };

let table: { client: ReturnType<typeof memoryClient>; table: string; now: () => number };
let registry: ModelRegistry;
beforeEach(() => {
  table = { client: memoryClient({ tables: { leads: [] } }), table: 'leads', now: () => 0 };
  registry = createModelRegistry(table);
});

describe("the look at a deployment's model", () => {
  it('says that the file becomes the first model, or that it would stop the first event', async () => {
    expect(await compareModel(registry, numbered('1'))).toMatchObject({
      result: 'ok',
      found: 'small@1 becomes the active one with the first event',
    });
    await registry.publish(numbered('1').document, ana);
    expect(await compareModel(registry, numbered('1', 'Another'))).toMatchObject({
      result: 'problem',
      found: expect.stringContaining('no event would be judged'),
    });
  });

  it.each([
    ['the active one', numbered('1'), 'ok', 'small@1 is active'],
    ['another version', numbered('2'), 'ok', "small@1 stays active, and the file isn't used"],
    [
      'other content under a published version',
      numbered('1', 'Another'),
      'problem',
      "small@1, and isn't used",
    ],
  ])('says which model is active if the file is %s', async (_what, file, result, found) => {
    await ensureFirst(table, numbered('1'));
    expect(await compareModel(registry, file)).toMatchObject({
      result,
      found: expect.stringContaining(found),
    });
  });
});
