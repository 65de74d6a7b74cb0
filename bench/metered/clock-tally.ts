import assert from 'node:assert/strict';
import type { Deployment } from './deployment.ts';
import type { FunctionProcess } from './function-process.ts';
import type { Consumed } from './meter.ts';
import { type FunctionUsage, listMetrics, sumLogBytes, warmMean } from './usage.ts';

/** The invocations of one service for one cause. */
interface Share {
  readonly cpu: number[];
  records: number;
  readonly consumed: Consumed;
}

/** Functions that stay warm while time passes, and what they use, by cause. */
export interface ClockTally<Cause extends string> {
  /** @param event with `Records`, or the event of a schedule @param now in milliseconds since 1970 */
  readonly invoke: (cause: Cause, service: string, event: object, now: number) => Promise<Consumed>;
  /** Ends the functions, and returns the usage of each service for a cause. */
  readonly finish: () => Promise<
    (cause: Cause) => { readonly service: string; readonly usage: FunctionUsage }[]
  >;
}

const addTo = (
  sum: Consumed,
  { writeUnits, updateUnits, readUnits, requests, announcements, sent }: Consumed,
): void => {
  sum.writeUnits += writeUnits;
  sum.updateUnits += updateUnits;
  sum.readUnits += readUnits;
  for (const [name, count] of Object.entries(requests))
    sum.requests[name] = (sum.requests[name] ?? 0) + count;
  sum.announcements.push(...announcements);
  sum.sent.push(...sent);
};

export const createClockTally = <Cause extends string>({ start, meter }: Deployment): ClockTally<Cause> => {
  const running = new Map<string, FunctionProcess>();
  const shares = new Map<Cause, Map<string, Share>>();
  const logs = new Map<string, string[]>();

  const findShare = (cause: Cause, service: string): Share => {
    const byService = shares.get(cause) ?? new Map<string, Share>();
    shares.set(cause, byService);
    const share = byService.get(service) ?? {
      cpu: [],
      records: 0,
      consumed: { writeUnits: 0, updateUnits: 0, readUnits: 0, requests: {}, announcements: [], sent: [] },
    };
    byService.set(service, share);
    return share;
  };

  const countInvocations = (service: string): number =>
    [...shares.values()].reduce((sum, byService) => sum + (byService.get(service)?.cpu.length ?? 0), 0);

  return {
    invoke: async (cause, service, event, now) => {
      const child = running.get(service) ?? start(service);
      running.set(service, child);
      meter.take();
      const { answer, cpu } = await child.invoke(event, now);
      const consumed = meter.take();
      const share = findShare(cause, service);
      if ('Records' in event) {
        assert.deepEqual(answer, { batchItemFailures: [] });
        share.records += (event.Records as readonly unknown[]).length;
      }
      share.cpu.push(cpu);
      addTo(share.consumed, consumed);
      return consumed;
    },
    finish: async () => {
      for (const [service, child] of running) {
        await child.stop();
        logs.set(service, child.takeLogs());
      }
      return (cause) =>
        [...(shares.get(cause) ?? [])].map(([service, { cpu, records, consumed }]) => {
          const lines = logs.get(service) ?? [];
          // Log lines may come after the answer, so they are counted by invocation.
          const logBytes = (sumLogBytes(lines) * cpu.length) / countInvocations(service);
          const most = Math.max(...cpu);
          const metrics = listMetrics(lines);
          const own = { cpu: warmMean(cpu), slowest: most, peak: Number.NaN, logBytes, metrics };
          return { service, usage: { invocations: cpu.length, records, ...own, consumed } };
        });
    },
  };
};
