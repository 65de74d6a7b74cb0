import { beforeEach, describe, expect, it } from 'vitest';
import { canonical, getItems, N, type TableProps, updateIf } from '../../shared/dynamodb/index.ts';
import { rescoringKey } from '../../shared/keys/index.ts';
import {
  type Author,
  createModelRegistry,
  ensureFirst,
  type ModelRegistry,
  parseRescoringJob,
} from '../../shared/model-store/index.ts';
import { compileDocument, readModelFile, smallDocument } from '../support/models.ts';

const ana: Author = { by: 'ana', reason: 'Calibrated on this year' };
const ben: Author = { by: 'ben', reason: 'Too many hand-offs' };
const numbered = (version: string) => compileDocument({ ...smallDocument(), version });
const [one, two, three] = [numbered('1'), numbered('2'), numbered('3')] as const;
const another = { ...two.document, title: 'Another' };

/** The contract of the registry of models, on any DynamoDB. @param open returns an empty table */
export const modelRegistryContract = (name: string, open: () => Promise<TableProps>): void => {
  let table: TableProps;
  let registry: ModelRegistry;
  let clock: number;
  const now = (): number => clock++;
  beforeEach(async () => {
    table = await open();
    clock = Date.parse('2026-03-01T09:00:00.000Z');
    registry = createModelRegistry({ ...table, now });
  });
  const first = (model = one) => ensureFirst({ ...table, now }, model);
  const acts = async () =>
    (await registry.history(100)).map(
      ({ revision, act, modelVersion }) => `${revision} ${act} ${modelVersion}`,
    );
  const readJob = async () => {
    const [item] = await getItems(table, [rescoringKey]);
    return item && parseRescoringJob(item);
  };
  const publishAll = async () => {
    for (const { document } of [one, two, three]) await registry.publish(document, ana);
  };

  describe(`${name}: the registry of models`, () => {
    it('knows nothing of an empty table', async () => {
      expect(await registry.readPointer()).toBeUndefined();
      expect(await registry.list(10)).toEqual([]);
      expect(await registry.history(10)).toEqual([]);
      expect(await registry.load('small@1')).toBeUndefined();
    });

    it.each([
      ['small', one.document],
      ['large', compileDocument(readModelFile('success-ready')).document],
    ])('gives a published document back as it was: a %s one', async (_size, document) => {
      const entry = await registry.publish(document, ana);
      const version = `${document.id}@${document.version}`;
      expect(entry).toEqual({
        revision: 1,
        act: 'published',
        modelVersion: version,
        at: '2026-03-01T09:00:00.000Z',
        ...ana,
      });
      expect(canonical(await registry.load(version))).toBe(canonical(document));
      expect(await registry.list(10)).toEqual([
        { modelVersion: version, title: document.title, storedAt: '2026-03-01T09:00:00.000Z' },
      ]);
      expect(await registry.readPointer()).toEqual({ revision: 1, earlier: [] });
      expect(await readJob()).toBeUndefined();
    });

    it('refuses a document that no item of the table holds, and stores nothing of it', async () => {
      const document = { ...one.document, description: '€'.repeat(131_000) };
      await expect(registry.publish(document, ana)).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' });
      expect(await registry.readPointer()).toBeUndefined();
      expect(await registry.list(10)).toEqual([]);
    });

    it('makes no stored document active, or the shadow, by which this release can’t judge', async () => {
      const broken = { ...two.document, tiers: { ...two.document.tiers, good: 99 } };
      await first();
      await registry.publish(broken, ana);
      const version = `${broken.id}@${broken.version}`;
      await expect(registry.activate(version, 'all', ana)).rejects.toMatchObject({
        name: 'InvalidModelError',
      });
      await expect(registry.shadow(version, ana)).rejects.toMatchObject({ name: 'InvalidModelError' });
      expect(await acts()).toEqual(['2 published small@2', '1 activated small@1']);
      expect(await readJob()).toBeUndefined();
    });

    it('publishes the same document once, however its names are ordered', async () => {
      await registry.publish(one.document, ana);
      const reordered = Object.fromEntries(Object.entries(one.document).toReversed()) as typeof one.document;
      expect(await registry.publish(reordered, ben)).toBeUndefined();
      expect(await acts()).toEqual(['1 published small@1']);
    });

    it('refuses another document under a version, and keeps the first', async () => {
      await registry.publish(two.document, ana);
      await expect(registry.publish(another, ben)).rejects.toMatchObject({
        code: 'MODEL_VERSION_TAKEN',
        message:
          'scoring model small@2 differs from the one that is stored under this version; allowed: the same document, or a new version',
      });
      expect(await registry.load('small@2')).toEqual(two.document);
      expect(await acts()).toEqual(['1 published small@2']);
    });

    it('makes the deployed model the first one, by the deployment, and requests no rescoring', async () => {
      expect(await first()).toMatchObject({ revision: 1, active: 'small@1', activeRevision: 1, earlier: [] });
      expect(await registry.history(10)).toMatchObject([
        { revision: 1, act: 'activated', modelVersion: 'small@1', by: 'deployment' },
      ]);
      expect(await registry.load('small@1')).toEqual(one.document);
      expect(await registry.list(10)).toMatchObject([{ modelVersion: 'small@1' }]);
      expect(await readJob()).toBeUndefined();
      expect(await first(two)).toMatchObject({ revision: 1, active: 'small@1' });
      expect(await registry.load('small@2')).toBeUndefined();
    });

    it('activates the first model once if many functions start at once', async () => {
      const pointers = await Promise.all(Array.from({ length: 8 }, () => first()));
      expect(new Set(pointers.map(({ revision }) => revision))).toEqual(new Set([1]));
      expect(await acts()).toEqual(['1 activated small@1']);
    });

    it('takes a model that is published already as the first one', async () => {
      await registry.publish(one.document, ana);
      expect(await first()).toMatchObject({ revision: 2, active: 'small@1', activeRevision: 2 });
    });

    it('refuses a deployed model as the first one if its version is taken', async () => {
      await registry.publish(two.document, ana);
      const deployed = compileDocument({ ...smallDocument(), version: '2', title: 'Another' });
      await expect(first(deployed)).rejects.toMatchObject({ code: 'MODEL_VERSION_TAKEN' });
      expect(await registry.readPointer()).toEqual({ revision: 1, earlier: [] });
    });

    it('activates a published model, with who, why and from which, and requests the rescoring of all leads', async () => {
      await first();
      await registry.publish(two.document, ana);
      const entry = await registry.activate('small@2', 'none', ben, 'small@1');
      expect(entry).toEqual({
        revision: 3,
        act: 'activated',
        modelVersion: 'small@2',
        previousModelVersion: 'small@1',
        actions: 'none',
        at: expect.any(String),
        ...ben,
      });
      expect((await registry.history(1))[0]).toEqual(entry);
      expect(await registry.readPointer()).toEqual({
        revision: 3,
        active: 'small@2',
        activeRevision: 3,
        activatedAt: entry.at,
        actions: 'none',
        earlier: ['small@1'],
      });
      expect(await readJob()).toMatchObject({
        revision: 3,
        modelVersion: 'small@2',
        actions: 'none',
        status: 'running',
        pass: 1,
        requestedAt: entry.at,
      });
    });

    it('has the next rescoring go at the pace that an operator has set', async () => {
      await first();
      await publishAll();
      await registry.activate('small@2', 'all', ana);
      await updateIf(table.client, {
        table: table.table,
        key: rescoringKey,
        set: { writeUnitsPerSecond: N(7) },
        condition: 'attribute_exists(#revision)',
      });
      await registry.activate('small@3', 'all', ana);
      expect(await readJob()).toMatchObject({ modelVersion: 'small@3', writeUnitsPerSecond: 7 });
    });

    it('rolls back one model at a time, and not past the first', async () => {
      await first();
      await publishAll();
      await registry.activate('small@2', 'all', ana);
      await registry.activate('small@3', 'all', ana);
      await registry.rollBack('none', ben);
      expect(await registry.readPointer()).toMatchObject({ active: 'small@2', earlier: ['small@1'] });
      await registry.rollBack('all', ben);
      expect(await readJob()).toMatchObject({ modelVersion: 'small@1', actions: 'all' });
      await expect(registry.rollBack('all', ben)).rejects.toMatchObject({
        code: 'NO_EARLIER_MODEL',
        message: expect.stringContaining('before small@1'),
      });
      expect(await acts()).toEqual([
        '7 rolled-back small@1',
        '6 rolled-back small@2',
        '5 activated small@3',
        '4 activated small@2',
        '3 published small@3',
        '2 published small@2',
        '1 activated small@1',
      ]);
    });

    it('sets and ends a shadow, which ends as well once it is the active model', async () => {
      await first();
      await publishAll();
      await registry.shadow('small@3', ana);
      await registry.shadow('small@2', ana);
      expect(await registry.readPointer()).toMatchObject({ active: 'small@1', shadow: 'small@2' });
      await registry.activate('small@3', 'all', ana);
      expect(await registry.readPointer()).toMatchObject({ active: 'small@3', shadow: 'small@2' });
      await registry.activate('small@2', 'all', ana);
      expect(await registry.readPointer()).not.toHaveProperty('shadow');
      await registry.shadow('small@1', ana);
      expect(await registry.shadow(undefined, ben)).toMatchObject({
        act: 'unshadowed',
        modelVersion: 'small@1',
      });
      expect(await registry.readPointer()).not.toHaveProperty('shadow');
    });

    it.each([
      [
        'activating what is not published',
        () => registry.activate('small@9', 'all', ana),
        'MODEL_NOT_PUBLISHED',
      ],
      ['activating the active model', () => registry.activate('small@1', 'all', ana), 'MODEL_ALREADY_ACTIVE'],
      [
        'activating from another model',
        () => registry.activate('small@2', 'all', ana, 'small@3'),
        'MODELS_CHANGED',
      ],
      ['a rollback past the first', () => registry.rollBack('all', ana), 'NO_EARLIER_MODEL'],
      ['a shadow that is not published', () => registry.shadow('small@9', ana), 'MODEL_NOT_PUBLISHED'],
      ['a shadow that is active', () => registry.shadow('small@1', ana), 'MODEL_ALREADY_ACTIVE'],
      ['the end of no shadow', () => registry.shadow(undefined, ana), 'NO_SHADOW'],
    ])('refuses %s, and changes nothing', async (_what, change, code) => {
      await first();
      await registry.publish(two.document, ana);
      await expect(change()).rejects.toMatchObject({ name: 'RegistryError', code });
      expect(await registry.readPointer()).toMatchObject({ revision: 2, active: 'small@1', earlier: [] });
      expect(await registry.history(10)).toHaveLength(2);
      expect(await readJob()).toBeUndefined();
    });

    it('does one of two activations at once, and tells the other', async () => {
      await first();
      await publishAll();
      const answers = await Promise.allSettled([
        registry.activate('small@2', 'all', ana),
        registry.activate('small@3', 'none', ben),
      ]);
      const lost = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
      // On a real engine one may have read after the other had written.
      expect(lost.length).toBeLessThan(2);
      for (const reason of lost) expect(reason).toMatchObject({ code: 'MODELS_CHANGED' });
      const { revision, active } = (await registry.readPointer()) ?? {};
      expect(revision).toBe(5 - lost.length);
      expect(await readJob()).toMatchObject({ revision, modelVersion: active });
    });
  });
};
