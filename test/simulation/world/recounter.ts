import type { Recounted } from '../../../functions/recount-funnel/recount-funnel.ts';
import { createActor } from '../scheduler/actor.ts';
import type { World } from './world.ts';

/** Recounts the funnel, as the schedule does. Returns the result; undefined if the run failed. */
const recountOnce = async ({ recounting, log, scheduler }: World): Promise<Recounted | undefined> => {
  const invocation = await recounting.invoke({});
  log.work(invocation, [{ id: `${scheduler.now}`, body: 'a recount' }]);
  const { result } = invocation;
  return result.ok ? (result.response as Recounted) : undefined;
};

const longestPauseMs = 60_000;
const recounts = 3;

/** Recounts now and then while faults strike and announcements are under way. */
export const recountInStorm = async (world: World): Promise<void> => {
  const actor = createActor('recounters-clock');
  for (let i = 0; i < recounts; i++) {
    await world.scheduler.sleep(actor, world.random.between(0, longestPauseMs));
    await recountOnce(world);
  }
};

const mostRuns = 20;

/** Carries on a recount to its end. Returns the findings of its runs. */
const recountToTheEnd = async (world: World): Promise<string[]> => {
  const findings: string[] = [];
  for (let i = 0; i < mostRuns; i++) {
    const recounted = await recountOnce(world);
    if (recounted === undefined) return [...findings, 'nothing, because it failed'];
    const { isDone, adopted, repaired, difference } = recounted;
    if (adopted + repaired + difference > 0) findings.push(JSON.stringify(recounted));
    if (isDone) return findings;
  }
  return [...findings, 'no end'];
};

/** Recounts when all is at rest, and notes what was wrong: first what is left of a recount in the storm, then anew. */
export const recountAtRest = async (world: World): Promise<void> => {
  for (const _ of ['left', 'anew']) world.log.recounted.push(...(await recountToTheEnd(world)));
};
