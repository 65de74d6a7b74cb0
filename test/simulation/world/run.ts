import { modelPointerKey } from '../../../shared/keys/index.ts';
import type { ScoringModel } from '../../../shared/scoring/index.ts';
import type { Evidence, History, Integrations, Leftover, Snapshot } from '../../invariants/evidence.ts';
import { start } from '../load/instants.ts';
import type { Plan } from '../load/plan.ts';
import { subscriptionsOfWorld } from '../load/subscriptions.ts';
import { createNamedRandom } from '../random.ts';
import type { StepReport } from '../scheduler/scheduler.ts';
import { sealed } from '../sealed.ts';
import type { DeliveredEvent } from '../services/bus.ts';
import type { StreamSource } from '../services/stream-source.ts';
import { auditInStorm, auditOnce } from './auditor.ts';
import { Clock } from './clock.ts';
import { Forger } from './forger.ts';
import { Load } from './load.ts';
import { mayBeLeft } from './log.ts';
import { operateModels, resumeRescoring } from './model-operator.ts';
import { decideMerges, resumeDeliveries } from './operator.ts';
import { recountAtRest, recountInStorm } from './recounter.ts';
import type { Sabotage } from './sabotage.ts';
import { Sender } from './sender.ts';
import { createWorld, type World, type WorldProps } from './world.ts';

export interface RunProps {
  readonly plan: Plan;
  readonly openStore: WorldProps['openStore'];
  readonly sabotage?: Sabotage | undefined;
  readonly onStep?: ((report: StepReport) => void) | undefined;
}

export interface Ran {
  readonly world: World;
  readonly evidence: Evidence & { readonly history: History };
}

const readSnapshot = async ({ store, log }: World): Promise<Snapshot> => ({
  leads: await store.items('leads'),
  quarantine: await store.items('quarantine'),
  announced: log.announced.length,
});

const listReaders = (streams: World['streams']): StreamSource[] =>
  Object.values(streams).filter((one) => one !== undefined);

const mostRounds = 3;

/** Retries everything that was given up while faults struck. Once all is healed, one round should do. */
const recover = async (world: World): Promise<void> => {
  const { scheduler, faults, schedule, queues, streams } = world;
  faults.heal();
  schedule.heal();
  for (let round = 0; round < mostRounds; round++) {
    await scheduler.run();
    if (world.plan.delivering) await resumeDeliveries(world);
    const places = [...queues.values(), ...listReaders(streams)];
    if (places.reduce((sum, place) => sum + place.redrive(), 0) === 0) return;
  }
  await scheduler.run();
};

const findLeftovers = ({ queues, streams }: World): Leftover[] => [
  ...[...queues.values()].map(({ name, deadLetters, depth }) => ({
    place: name,
    bodies: [
      ...deadLetters.map(({ body }) => body).filter((body) => !mayBeLeft(name, body)),
      ...Array.from({ length: depth }, () => 'under way'),
    ],
  })),
  ...listReaders(streams).map(({ failedRecords, depth }) => ({
    place: 'stream',
    bodies: [
      ...failedRecords.map(({ eventID }) => eventID),
      ...Array.from({ length: depth }, () => 'under way'),
    ],
  })),
];

/** Everybody who sends something to the system. */
interface Players {
  readonly load: Load;
  readonly forger: Forger;
  readonly sender: Sender;
}

/** Returns the instant up to which everything that was due was waited for. */
const storm = async (world: World, { load, forger, sender }: Players): Promise<number> => {
  load.begin(world);
  sender.begin(world);
  world.schedule.wakeUntil(start + world.plan.spanMs);
  forger.begin();
  operateModels(world);
  if (world.plan.auditing) void auditInStorm(world);
  if (world.plan.recounting) void recountInStorm(world);
  await world.scheduler.run();
  world.deployment.finish();
  await recover(world);
  if (world.deployment.models.size > 1) await rescoreInPeace(world, load);
  void decideMerges(world);
  await recover(world);
  if (world.plan.auditing) void auditOnce(world);
  await world.scheduler.run();
  const waitedUntil = await goOn(world);
  if (world.plan.auditing) void auditOnce(world);
  await world.scheduler.run();
  void recountAtRest(world);
  await world.scheduler.run();
  return waitedUntil;
};

/** Lets time go on, so that what falls due happens. Returns the instant up to which. */
const goOn = async (world: World): Promise<number> => {
  const until = world.scheduler.now + world.plan.afterwardsMs;
  world.schedule.wakeUntil(until);
  world.scheduler.after(world.plan.afterwardsMs, () => {});
  await recover(world);
  return until;
};

/** Lets a rescoring come to its end when nothing fails. */
const rescoreInPeace = async (world: World, load: Load): Promise<void> => {
  load.touch();
  void resumeRescoring(world);
  await recover(world);
};

const replay = async (world: World): Promise<void> => {
  if (world.plan.relapse) world.faults.relapse();
  world.bus.replay('replay');
  await world.scheduler.run();
  await recover(world);
};

/** Returns how the fate of an event is found: whether two leads can be merged depends on whether one was erased before. */
const fateOf = (event: DeliveredEvent, { forgetting }: Plan, load: Load): Load['fateOf'] =>
  forgetting > 0 && event.source === 'people' && event['detail-type'] === 'LeadsMerged'
    ? () => 'either'
    : load.fateOf;

const runSealed = async ({ plan, openStore, sabotage, onStep }: RunProps, clock: Clock): Promise<Ran> => {
  const load = new Load(plan);
  const world: World = await createWorld({
    plan,
    openStore,
    sabotage,
    onStep,
    onEvent: (event) => {
      const { log } = world;
      if (event.source !== 'sluice')
        return log.arrive(JSON.stringify(event), fateOf(event, plan, load), world.scheduler.now);
      log.announced.push(event);
      if (event['detail-type'] === 'HandoffRequested') load.answer(world, event);
      if (event['detail-type'] === 'LeadErased') forger.abuse(event);
    },
  });
  const forger = new Forger(world, load);
  const sender = new Sender(world);
  clock.scheduler = world.scheduler;
  try {
    const waitedUntil = await storm(world, { load, forger, sender });
    const beforeReplay = await readSnapshot(world);
    if (plan.replay) await replay(world);
    const afterReplay = await readSnapshot(world);
    const integrations = await collectIntegrations(world, sender);
    const collected = collectEvidence(world, beforeReplay, afterReplay);
    return { world, evidence: { ...collected, integrations, waitedUntil } };
  } finally {
    await world.store.stop();
  }
};

const collectIntegrations = async (
  { plan, store, targets }: World,
  { payloads, unexplained }: Sender,
): Promise<Integrations | undefined> => {
  const { whenTwoMeet, sharedDevice, delivering } = plan;
  if (plan.payloads === 0 && !delivering) return undefined;
  return {
    payloads,
    whenTwoMeet,
    sharedDevice,
    unexplained,
    identities: await store.items('identities'),
    subscriptions: delivering ? subscriptionsOfWorld : [],
    deliveries: await store.items('deliveries'),
    received: targets.received,
  };
};

/** Returns the model that is active; as long as nobody was judged, that is the one that was deployed. */
const findActive = ({ deployment }: World, { leads }: Snapshot): ScoringModel => {
  const pointer = leads.find(({ pk }) => pk?.S === modelPointerKey.pk);
  return deployment.models.get(pointer?.active?.S ?? '') ?? deployment.deployed;
};

const collectEvidence = (world: World, beforeReplay: Snapshot, afterReplay: Snapshot): Ran['evidence'] => {
  const { log, deployment } = world;
  return {
    models: deployment.models,
    active: findActive(world, beforeReplay),
    arrivals: log.arrivals,
    leads: beforeReplay.leads,
    quarantine: beforeReplay.quarantine,
    announced: log.announced,
    audited: log.audited,
    recounted: log.recounted,
    left: findLeftovers(world),
    history: { writes: log.writes, worked: log.worked, lost: log.lost, beforeReplay, afterReplay },
  };
};

/** Runs a plan: events and faults, then recovery, then a replay of the whole archive. */
export const run = (props: RunProps): Promise<Ran> => {
  const clock = new Clock();
  const random = createNamedRandom(props.plan.seed, 'sealed');
  return sealed({ random, now: clock.now, sleep: clock.sleep }, () => runSealed(props, clock));
};
