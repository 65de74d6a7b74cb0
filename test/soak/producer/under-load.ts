import { runKillPlan } from '../kills/run-kill-plan.ts';
import { Load } from '../load/load.ts';
import { type Run, readTables } from '../run.ts';
import { type Passage, probe } from './probe.ts';
import { Producer } from './producer.ts';

export interface Loaded {
  readonly passages: readonly Passage[];
  /** The most events that waited to be sent. */
  readonly mostWaiting: number;
}

const createProducer = ({ stack, clients, sent, options, signal }: Run): Producer =>
  new Producer({
    bus: clients.bus,
    busName: stack.description.bus,
    load: new Load(options.seed),
    rate: options.rate,
    sent,
    whenUp: () => stack.whenUp(),
    signal,
  });

/** Runs load, kills and probes together until all that was sent is acknowledged. */
export const underLoad = async (run: Run): Promise<Loaded> => {
  const { stack, clients, signal } = run;
  const producer = createProducer(run);
  const over = runKillPlan(run);
  const probing = probe(
    {
      dynamodb: clients.dynamodb,
      table: readTables(run).leads,
      send: (offer) => producer.hurry(offer),
      life: () => stack.life,
      whenUp: () => stack.whenUp(),
      signal,
    },
    over,
  );
  const [passages] = await Promise.all([probing, over, producer.run(Promise.all([over, probing]))]);
  return { passages, mostWaiting: producer.mostWaiting };
};
