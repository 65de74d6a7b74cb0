import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseModelItem } from '../../shared/model-store/documents.ts';
import {
  createModelRegistry,
  ensureFirst,
  parseRescoringJob,
  RegistryError,
} from '../../shared/model-store/index.ts';
import type { ModelHistoryEntry, ModelPointer } from '../../shared/model-store/registry.ts';
import { parseHistoryItem, parsePointer } from '../../shared/model-store/registry-items.ts';
import { createClient, type MemoryDynamoDbClient, memoryClient } from '../support/memory-dynamodb.ts';
import { compileDocument, smallDocument } from '../support/models.ts';
import { seeded } from '../support/seed.ts';

class Crash extends Error {}

const ana = { by: 'ana', reason: 'better' };
/** Two documents of each version, so that a version may be taken. */
const models = ['1', '2', '3'].flatMap((version) =>
  ['Small', 'Another'].map((title) => compileDocument({ ...smallDocument(), version, title })),
);
const modelAt = (index: number) => models[index] as (typeof models)[number];

const version = fc.constantFrom('small@1', 'small@2', 'small@3');
const actions = fc.constantFrom('all' as const, 'none' as const);
const index = fc.nat(models.length - 1);
const act = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish' as const), index }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('activate' as const), version, actions }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rollBack' as const), actions }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('shadow' as const),
      version: fc.option(version, { nil: undefined }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('first' as const), index }) },
);
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

/** The acts of somebody whose process dies at a command, before or after that took effect; or doesn't. */
const worker = fc.record({
  acts: fc.array(act, { minLength: 1, maxLength: 5 }),
  diesAt: fc.option(fc.nat(12), { nil: undefined }),
  isDone: fc.boolean(),
});
type Worker = typeof worker extends fc.Arbitrary<infer T> ? T : never;

const clientOf = (client: MemoryDynamoDbClient, scheduler: fc.Scheduler, { diesAt, isDone }: Worker) => {
  let commands = 0;
  return createClient((command) =>
    scheduler.schedule(Promise.resolve()).then(async () => {
      const dies = commands++ === diesAt;
      if (dies && !isDone) throw new Crash();
      const answer = client.memory.execute(command);
      if (dies || (diesAt !== undefined && commands > diesAt + 1)) throw new Crash();
      return answer;
    }),
  );
};

const perform = async (given: Act, props: Parameters<typeof createModelRegistry>[0]): Promise<unknown> => {
  const registry = createModelRegistry(props);
  switch (given.kind) {
    case 'publish':
      return registry.publish(modelAt(given.index).document, ana);
    case 'activate':
      return registry.activate(given.version, given.actions, ana);
    case 'rollBack':
      return registry.rollBack(given.actions, ana);
    case 'shadow':
      return registry.shadow(given.version, ana);
    case 'first':
      return ensureFirst(props, modelAt(given.index));
    default:
      return given satisfies never;
  }
};

/** Does what a worker does until it dies. @returns the entries that it was told of */
const work = async (given: Worker, client: ReturnType<typeof clientOf>, now: () => number) => {
  const told: ModelHistoryEntry[] = [];
  for (const one of given.acts) {
    try {
      const done = await perform(one, { client, table: 'leads', now });
      if (one.kind !== 'first' && done !== undefined) told.push(done as ModelHistoryEntry);
    } catch (error) {
      if (error instanceof Crash) return told;
      if (!(error instanceof RegistryError)) throw error;
    }
  }
  return told;
};

const none: ModelPointer = { revision: 0, earlier: [] };

/** Folds an entry into the pointer, by other code than the product's. */
const fold = (before: ModelPointer, entry: ModelHistoryEntry): ModelPointer => {
  const { revision, modelVersion, at, actions: given = 'all' } = entry;
  const { shadow, ...rest } = before;
  const isActivating = entry.act === 'activated' || entry.act === 'rolled-back';
  if (isActivating) expect(entry.previousModelVersion).toBe(before.active);
  const kept = shadow !== undefined && !(isActivating && shadow === modelVersion) ? { shadow } : {};
  const active = { active: modelVersion, activeRevision: revision, activatedAt: at, actions: given };
  switch (entry.act) {
    case 'published':
      return { ...before, revision };
    case 'activated':
      expect(before.active).not.toBe(modelVersion);
      return {
        ...rest,
        ...kept,
        ...active,
        revision,
        earlier: before.active === undefined ? before.earlier : [...before.earlier, before.active],
      };
    case 'rolled-back':
      expect(before.earlier.at(-1)).toBe(modelVersion);
      return { ...rest, ...kept, ...active, revision, earlier: before.earlier.slice(0, -1) };
    case 'shadowed':
      return { ...rest, revision, shadow: modelVersion };
    case 'unshadowed':
      expect(modelVersion).toBe(shadow);
      return { ...rest, revision };
    default:
      return entry.act satisfies never;
  }
};

test('pointer, history, documents and rescoring agree, whoever changes models at once and dies at any command', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(worker, { minLength: 2, maxLength: 4 }),
      async (scheduler, workers) => {
        const client = memoryClient({ tables: { leads: [] } });
        let clock = 0;
        const working = Promise.all(
          workers.map((one) => work(one, clientOf(client, scheduler, one), () => clock++)),
        );
        await scheduler.waitFor(working);
        const told = (await working).flat();

        const items = client.memory.items('leads');
        const of = (pk: string) => items.filter((item) => item.pk?.S === pk);
        const history = of('MODEL-HISTORY').map(parseHistoryItem);
        expect(history.map(({ revision }) => revision)).toEqual(history.map((_, i) => i + 1));
        const [pointer] = of('MODEL-POINTER').map(parsePointer);
        expect(pointer ?? none).toEqual(history.reduce(fold, none));
        for (const entry of told) expect(history).toContainEqual(entry);

        const stored = items.filter(({ sk }) => sk?.S === 'MODEL').map((item) => item.modelVersion?.S);
        expect(of('MODELS').map(({ sk }) => sk?.S)).toEqual(stored.toSorted());
        for (const item of items.filter(({ sk }) => sk?.S === 'MODEL'))
          expect(parseModelItem(item)).toBeDefined();
        for (const named of history) expect(stored).toContain(named.modelVersion);
        const published = history
          .filter((entry) => entry.act === 'published')
          .map(({ modelVersion }) => modelVersion);
        expect(new Set(published).size).toBe(published.length);

        // The first model requests no rescoring.
        const requesting = history.findLast(
          (entry) => (entry.act === 'activated' || entry.act === 'rolled-back') && entry.by !== 'deployment',
        );
        const [job] = of('RESCORING').map(parseRescoringJob);
        expect(job && [job.revision, job.modelVersion, job.actions, job.passStartedAt]).toEqual(
          requesting && [requesting.revision, requesting.modelVersion, requesting.actions, requesting.at],
        );
        expect(history.filter(({ by }) => by === 'deployment').length).toBeLessThan(2);
      },
    ),
    seeded(),
  );
});
