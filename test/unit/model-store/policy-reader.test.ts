import { beforeEach, describe, expect, it } from 'vitest';
import {
  createDocumentReader,
  createPolicyReader,
  ModelNotStoredError,
  type PolicyReader,
} from '../../../shared/model-store/index.ts';
import { memoryClient } from '../../support/memory-dynamodb.ts';
import { compileDocument, readModelFile, smallDocument } from '../../support/models.ts';
import { storeModel } from '../../support/store-model.ts';

let client: ReturnType<typeof memoryClient>;
let readPolicy: PolicyReader;
beforeEach(() => {
  client = memoryClient({ tables: { leads: [] } });
  readPolicy = createPolicyReader(createDocumentReader({ client, table: 'leads' }));
});

const store = async (document: unknown) => {
  const model = compileDocument(document);
  await storeModel({ client, table: 'leads' }, model);
  return model;
};

describe('the policy of a model version', () => {
  it.each([
    ['small', smallDocument()],
    ['packed', readModelFile('success-ready')],
  ])('is the one that the stored model has: a %s one', async (_size, document) => {
    const model = await store(document);
    expect(await readPolicy(model.version)).toEqual(model.document.policy);
  });

  it('is read once, and is another one for another version', async () => {
    const first = await store(smallDocument());
    const other = { ...smallDocument(), version: '2', policy: { rules: [] } };
    const second = await store(other);
    const policy = await readPolicy(first.version);
    expect(await readPolicy(first.version)).toBe(policy);
    expect((await readPolicy(second.version)).rules).toEqual([]);
  });

  it('is refused if no such model is stored, and read once it is', async () => {
    const refused = readPolicy('small@1');
    await expect(refused).rejects.toThrow(ModelNotStoredError);
    await expect(refused).rejects.toMatchObject({ code: 'MODEL_NOT_STORED' });
    const model = await store(smallDocument());
    expect(await readPolicy('small@1')).toEqual(model.document.policy);
  });
});
