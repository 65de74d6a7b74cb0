import type { TableProps } from '../dynamodb/index.ts';
import type { ScoringModel } from '../scoring/index.ts';
import { type ActiveModels, type ModelsInUse, refreshMs as usualRefreshMs } from './active-models.ts';
import { readPointer } from './change-models.ts';
import { ensureFirst } from './first-model.ts';
import { type ActivePointer, isActive } from './plan-change.ts';
import { ModelNotStoredError } from './policy-reader.ts';
import { createStoredModels } from './stored-models.ts';

/** The clocks that measure how old a reading is. Either may stand still: the one that went further counts. */
interface Clocks {
  /** Milliseconds since 1970. It stands still in a stack on this machine, and may be set back. */
  readonly now: () => number;
  /** Milliseconds since any instant, by a clock that nobody sets. It may stand still while a function is frozen. */
  readonly elapsed: () => number;
}

export interface ActiveModelsProps extends TableProps {
  /** The model that was deployed with the function. */
  readonly deployed: ScoringModel;
  readonly clocks: Clocks;
  /** The milliseconds after which the pointer is read again. @default 30 seconds */
  readonly refreshMs?: number;
  /**
   * Whether the deployed model is stored and activated if none is. A function that only reads takes it for the active one
   * in this case.
   *
   * @default true
   */
  readonly storesFirst?: boolean;
}

/** The milliseconds after which `refreshed` reads again. */
const leastMs = 1_000;

/** The models that are remembered beside the deployed one: the active one, the shadow, and those of before a change. */
const mostModels = 4;

/** The activation of a deployed model that no function has stored yet. */
const unstored = (deployed: ScoringModel): ActivePointer => ({
  revision: 0,
  active: deployed.version,
  activeRevision: 0,
  activatedAt: new Date(0).toISOString(),
  earlier: [],
});

/** Returns whether an error is an answer of the database, which may be another one the next time. */
const isOfDatabase = (error: unknown): boolean => error instanceof Error && Object.hasOwn(error, '$metadata');

/** The instants of both clocks at which the pointer began to be read. */
interface ReadAt {
  readonly now: number;
  readonly elapsed: number;
}

/**
 * Creates the reader of the models in use. Each is loaded and compiled once. A pointer that is older than allowed is never
 * used, also if it can't be read again: the event is retried then. A function that judged by what it last knew might do
 * so long after the model was taken back.
 */
export const createActiveModels = (props: ActiveModelsProps): ActiveModels => {
  const { deployed, clocks, refreshMs = usualRefreshMs, storesFirst = true } = props;
  const table = { ...props, now: clocks.now };
  const findStored = createStoredModels(props, { most: mostModels });
  let known: (ReadAt & { readonly models: ModelsInUse }) | undefined;
  let reading: (ReadAt & { readonly models: Promise<ModelsInUse> }) | undefined;

  const readActive = async (): Promise<ActivePointer> => {
    if (storesFirst) return ensureFirst(table, deployed);
    const pointer = await readPointer(props);
    return isActive(pointer) ? pointer : unstored(deployed);
  };

  const findModel = async (version: string, isStored: boolean): Promise<ScoringModel> => {
    if (!isStored) return deployed;
    const model = await findStored(version);
    if (model === undefined) throw new ModelNotStoredError(version);
    return model;
  };

  /** Finds the shadow model. One that isn't there or can't be compiled by this release must not keep leads from being judged. */
  const findShadow = (version: string): Promise<ScoringModel | undefined> =>
    findModel(version, true).catch((error: unknown) => {
      if (isOfDatabase(error)) throw error;
      return undefined;
    });

  const read = async (): Promise<ModelsInUse> => {
    const { active, activeRevision, activatedAt, actions = 'all', shadow: named } = await readActive();
    const shadow = named === undefined ? undefined : await findShadow(named);
    return {
      active: await findModel(active, activeRevision > 0),
      revision: activeRevision,
      activatedAt,
      actions,
      ...(shadow !== undefined && { shadow }),
    };
  };

  /** Returns how old a reading is by the clock that went further since, in milliseconds. */
  const ageOf = (at: ReadAt): number => Math.max(clocks.now() - at.now, clocks.elapsed() - at.elapsed);

  const startReading = (): Promise<ModelsInUse> => {
    const at: ReadAt = { now: clocks.now(), elapsed: clocks.elapsed() };
    const started = { ...at, models: read() };
    reading = started;
    const settle = (models?: ModelsInUse): void => {
      if (reading === started) reading = undefined;
      // A reading that began earlier may end later.
      if (models !== undefined && (known === undefined || known.elapsed <= at.elapsed))
        known = { ...at, models };
    };
    started.models.then(settle, () => settle());
    return started.models;
  };

  const notOlderThan = async (most: number): Promise<ModelsInUse> => {
    if (known !== undefined && ageOf(known) <= most) return known.models;
    if (reading !== undefined && ageOf(reading) <= most) return reading.models;
    return startReading();
  };

  return {
    current: () => notOlderThan(refreshMs),
    refreshed: () => notOlderThan(Math.min(leastMs, refreshMs)),
    refreshedFor: (version) =>
      known?.models.active.version === version ? notOlderThan(refreshMs) : startReading(),
  };
};
