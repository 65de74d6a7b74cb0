import type { TableProps } from '../../../shared/dynamodb/index.ts';
import { createModelRegistry, type ModelRegistry, RegistryError } from '../../../shared/model-store/index.ts';
import {
  paceLimits,
  pauseRescoring,
  RescoringError,
  resumeRescoring as resume,
  setRescoringPace,
} from '../../../shared/rescoring/index.ts';
import type { ModelAct } from '../load/model-plan.ts';
import { type Actor, createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

const longestRetryMs = 5_000;

/** Whether an error says that something can't be done, however often it is tried. */
const isRefused = (error: unknown): boolean =>
  (error instanceof RegistryError && error.code !== 'MODELS_CHANGED') ||
  (error instanceof RescoringError && error.code !== 'RESCORING_CHANGED');

/** The most tries of an operator, who gives up then. */
const mostTries = 20;

const author = { by: 'operator', reason: 'a trial' };

/**
 * Does what an act says. Publishing a model again changes nothing. At the least pace a page ends after the first lead
 * that is rescored.
 */
const perform = async (
  { deployment }: World,
  table: TableProps,
  registry: ModelRegistry,
  { act, number, actions }: ModelAct,
): Promise<void> => {
  const { version, document } = deployment.numbered(number);
  switch (act) {
    case 'activate':
      await registry.publish(document, author);
      await registry.activate(version, actions, author);
      return;
    case 'roll-back':
      await registry.rollBack(actions, author);
      return;
    case 'shadow':
      await registry.publish(document, author);
      await registry.shadow(version, author);
      return;
    case 'unshadow':
      await registry.shadow(undefined, author);
      return;
    case 'pause':
      await pauseRescoring(table);
      return;
    case 'resume':
      await resume(table);
      return;
    case 'pace':
      await setRescoringPace(table, paceLimits.least);
      return;
    default:
      return act satisfies never;
  }
};

/**
 * Tries until an act is done, or the registry says why it can't be. After an error nobody knows whether it was done, so
 * that it may be done twice, as by a person.
 */
const insist = async (world: World, actor: Actor, act: ModelAct): Promise<void> => {
  const { portsOf, scheduler, faults } = world;
  const { database: client, tables, now } = portsOf(actor);
  const table = { client, table: tables.leads };
  const registry = createModelRegistry({ ...table, now });
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      return await perform(world, table, registry, act);
    } catch (error) {
      if (isRefused(error)) return;
      await scheduler.sleep(actor, faults.random.between(0, longestRetryMs));
    }
  }
};

/** Has somebody do what is planned with models, as soon as its time has come; sometimes two people at once. */
export const operateModels = (world: World): void => {
  const begin = (act: ModelAct): void => {
    const actor = createActor('operator of models', 0.5);
    void world.scheduler.sleep(actor, 0).then(() => insist(world, actor, act));
  };
  world.deployment.onAct = (act) => {
    begin(act);
    if (act.isContested) begin({ ...act, number: 1 + (act.number % 3) });
  };
};

/** Resumes a rescoring that is paused, as an operator does in the end. */
export const resumeRescoring = async ({ portsOf, scheduler }: World): Promise<void> => {
  const actor = createActor('operator of models', 0.5);
  const { database: client, tables } = portsOf(actor);
  await scheduler.sleep(actor, 0);
  await resume({ client, table: tables.leads }).catch(() => undefined);
};
