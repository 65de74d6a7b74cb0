import { beforeEach, describe, expect, it } from 'vitest';
import { canonical } from '../../shared/dynamodb/index.ts';
import { type KeptModels, ModelVersionTakenError } from '../../shared/model-store/index.ts';
import type { ModelDocument } from '../../shared/scoring/index.ts';
import { modelOf, readModelFile, smallDocument } from '../support/models.ts';

/** What every place for models promises. Each test has a version of its own in one place. */
export const keptModelsContract = (name: string, open: () => Promise<KeptModels>): void => {
  const { document: small } = modelOf(smallDocument());
  const { document: large } = modelOf(readModelFile('success-ready'));
  const other: ModelDocument = { ...small, title: 'Another' };
  let models: KeptModels;
  let version = '';
  let count = 0;
  beforeEach(async () => {
    models = await open();
    version = `${name.replace(/\W/g, '-')}@${++count}`;
  });
  const loaded = async (): Promise<string> => canonical((await models.load(version)) ?? null);

  describe(`${name}: kept models`, () => {
    it.each([
      ['small', small],
      ['large', large],
    ])('give a model back as it was: a %s one', async (_size, document) => {
      await models.keep(version, document);
      expect(await loaded()).toBe(canonical(document));
    });

    it('take the same model again, however its names are ordered, and keep it once', async () => {
      await models.keep(version, small);
      const reordered = Object.fromEntries(Object.entries(small).toReversed()) as unknown as ModelDocument;
      await models.keep(version, reordered);
      expect(await loaded()).toBe(canonical(small));
    });

    it('refuse another model under the same version, and keep the first', async () => {
      await models.keep(version, small);
      const refused = models.keep(version, other);
      await expect(refused).rejects.toThrow(ModelVersionTakenError);
      await expect(refused).rejects.toMatchObject({
        code: 'MODEL_VERSION_TAKEN',
        message: `scoring model ${version} differs from the one that is kept under this version; allowed: the same document, or a new version`,
      });
      expect(await loaded()).toBe(canonical(small));
    });

    it('keep models of several versions side by side', async () => {
      await models.keep(version, small);
      await models.keep(`${version}-next`, other);
      expect(await loaded()).toBe(canonical(small));
      expect(canonical(await models.load(`${version}-next`))).toBe(canonical(other));
    });

    it('know nothing of a version that was never kept', async () => {
      expect(await models.load(version)).toBeUndefined();
      await models.keep(`${version}0`, small);
      expect(await models.load(version)).toBeUndefined();
    });

    it('take one model from many that keep it at the same time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => models.keep(version, small)));
      expect(await loaded()).toBe(canonical(small));
    });

    it('take exactly one of two models that are kept under one version at the same time', async () => {
      const answers = await Promise.allSettled([models.keep(version, small), models.keep(version, other)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const kept = answers[0]?.status === 'fulfilled' ? small : other;
      expect(await loaded()).toBe(canonical(kept));
    });
  });
};
