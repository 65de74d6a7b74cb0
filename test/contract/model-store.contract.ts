import { beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../shared/dynamodb/index.ts';
import { type ModelStore, ModelVersionTakenError } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { compileDocument, readModelFile, smallDocument } from '../support/models.ts';

/** The contract of every model store. Each test has its own version in one store. */
export const modelStoreContract = (name: string, open: () => Promise<ModelStore>): void => {
  const { document: small } = compileDocument(smallDocument());
  const { document: large } = compileDocument(readModelFile('success-ready'));
  const other: ModelDocument = { ...small, title: 'Another' };
  let models: ModelStore;
  let version = '';
  let count = 0;
  beforeEach(async () => {
    models = await open();
    version = `${name.replace(/\W/g, '-')}@${++count}`;
  });
  const loaded = async (): Promise<string> => canonical((await models.load(version)) ?? null);

  describe(`${name}: the model store`, () => {
    it.each([
      ['small', small],
      ['large', large],
    ])('give a model back as it was: a %s one', async (_size, document) => {
      await models.ensureStored(version, document);
      expect(await loaded()).toBe(canonical(document));
    });

    it('accepts the same model again, however its names are ordered, and stores it once', async () => {
      await models.ensureStored(version, small);
      const reordered = Object.fromEntries(Object.entries(small).toReversed()) as unknown as ModelDocument;
      await models.ensureStored(version, reordered);
      expect(await loaded()).toBe(canonical(small));
    });

    it('refuses another model under the same version, and keeps the first', async () => {
      await models.ensureStored(version, small);
      const refused = models.ensureStored(version, other);
      await expect(refused).rejects.toThrow(ModelVersionTakenError);
      await expect(refused).rejects.toMatchObject({
        code: 'MODEL_VERSION_TAKEN',
        message: `scoring model ${version} differs from the one that is stored under this version; allowed: the same document, or a new version`,
      });
      expect(await loaded()).toBe(canonical(small));
    });

    it('stores models of several versions side by side', async () => {
      await models.ensureStored(version, small);
      await models.ensureStored(`${version}-next`, other);
      expect(await loaded()).toBe(canonical(small));
      expect(canonical(await models.load(`${version}-next`))).toBe(canonical(other));
    });

    it('knows nothing of a version that was never stored', async () => {
      expect(await models.load(version)).toBeUndefined();
      await models.ensureStored(`${version}0`, small);
      expect(await models.load(version)).toBeUndefined();
    });

    it('accepts one model from many that store it at the same time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => models.ensureStored(version, small)));
      expect(await loaded()).toBe(canonical(small));
    });

    it('accepts exactly one of two models that are stored under one version at the same time', async () => {
      const answers = await Promise.allSettled([
        models.ensureStored(version, small),
        models.ensureStored(version, other),
      ]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const first = answers[0]?.status === 'fulfilled' ? small : other;
      expect(await loaded()).toBe(canonical(first));
    });
  });
};
