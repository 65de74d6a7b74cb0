import { readLeadAsOf } from '../../cli/as-of/read-lead-as-of.ts';
import type { Connection } from '../../cli/stack/connect.ts';
import type { ScoringModel } from '../../shared/scoring/index.ts';
import { createScoringWorld, deliver } from './deliveries.ts';
import { buildEntry, type EventInput } from './events.ts';
import { fadingModel } from './fading-model.ts';
import { hostileConnection } from './hostile-stack.ts';
import { createMemoryWorld } from './world.ts';

/** Returns an instant of 2026. @example instant('03-01T09:00') */
export const instant = (text: string): number => Date.parse(`2026-${text}:00.000Z`);

/** Creates a stack in memory whose clock stands still. Instants are of 2026, as in `03-01T09:00`. */
export const createTimedStack = (clock: string, model: ScoringModel = fadingModel()) => {
  const stores = createMemoryWorld();
  const judgingBy = (by: ScoringModel) =>
    createScoringWorld({
      stores,
      model: by,
      ensureModelStored: () => stores.models.ensureStored(by.version, by.document),
    });
  const world = judgingBy(model);
  const connection: Connection = { ...hostileConnection(world, () => 'x'), now: () => instant(clock) };
  let number = 0;
  return {
    stores,
    connection,
    judgingBy,
    /** Returns an event of a lead, as a producer puts it on the bus. */
    entry: (on: string, type: EventInput['type'], data: Record<string, unknown>, backfill?: true) => {
      const at = new Date(instant(on)).toISOString();
      const { detail, ...event } = buildEntry({ type, data, at, id: `e-${number++}` });
      const metadata = { ...detail.metadata, ...(backfill && { backfill }) };
      return { ...event, detail: { ...detail, metadata } };
    },
    send: (...entries: readonly unknown[]) => deliver(world, ...entries),
    read: (leadId: string, at?: string) =>
      readLeadAsOf(connection, leadId, { at: at === undefined ? undefined : instant(at) }),
  };
};

/** Returns the data of an event by which a lead asks for a demo. */
export const demo = (leadId = 'l-1') => ({ leadId, activity: 'demo_requested' });

/** Returns a stack with a lead that asked for a demo on 1 March, and again on 11 March. */
export const twoDemos = async (clock = '03-12T00:00') => {
  const stack = createTimedStack(clock);
  await stack.send(
    stack.entry('03-01T09:00', 'LeadActivityRecorded', demo()),
    stack.entry('03-11T09:00', 'LeadActivityRecorded', demo()),
  );
  return stack;
};
