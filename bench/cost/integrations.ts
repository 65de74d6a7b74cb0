import { type CostLine, computeCost, computeFixedLines } from '../../shared/cost/index.ts';
import { checkSent, planDeliveries, poke, pokeMessage, withDeliveries } from '../metered/deliveries.ts';
import { type Deployment, withDeployment } from '../metered/deployment.ts';
import type { Flow } from '../metered/flow.ts';
import { runInvocations } from '../metered/invocations.ts';
import type { FunctionUsage } from '../metered/usage.ts';
import { buildWebhook, checkTaken } from '../metered/webhook-requests.ts';
import type { Target } from '../metered/with-target.ts';
import { computeApiLines } from './api-lines.ts';
import { measureEveryMinute } from './every-minute.ts';
import { type Arrival, computeAdditionalLines, line } from './lines.ts';
import { countMetrics, readDeployed } from './measure-cost.ts';
import { scaleLines } from './month.ts';

interface KindCost {
  readonly kind: string;
  /** The cost of a million of them. */
  readonly lines: readonly CostLine[];
  /** Figures beside the cost, each by one of them. */
  readonly each: Readonly<Record<string, number>>;
  readonly usages: readonly { readonly service: string; readonly usage: FunctionUsage }[];
}

export interface IntegrationsCost {
  readonly kinds: readonly KindCost[];
  /** The monthly cost in addition, if nothing comes in or goes out. */
  readonly fixed: readonly CostLine[];
}

/** The payloads, and the announcements to a target, that are worked on at once. */
const atOnce = 8;

const million = 1_000_000;
const gigabyte = 2 ** 30;

const share = (total: number, count: number): number => total / count;

interface WebhookKind {
  readonly payloads: number;
  readonly requests: number;
  readonly isKnown: boolean;
}

const receiving = 'receive-webhooks';

/** Measures payloads in webhooks of one size, about people that nobody knew, or that are known already. */
const measureWebhooks = async (
  deployment: Deployment,
  { payloads, requests, isKnown }: WebhookKind,
): Promise<KindCost> => {
  const first = isKnown ? 1 : million * payloads;
  const events = Array.from({ length: requests }, (_, i) => buildWebhook(first + i * payloads, payloads));
  const check = (answer: unknown): void => checkTaken(answer, payloads);
  const usage = await runInvocations(deployment, receiving, { events, check });
  const { consumed } = usage;
  const requestBytes = share(
    events.reduce((sum, { body = '' }) => sum + Buffer.byteLength(body), 0),
    requests,
  );
  const inFlight = Math.min(atOnce, payloads);
  const all = { kind: '', service: receiving, usage, requestBytes, answerBytes: 200, inFlight };
  const count = requests * payloads;
  return {
    kind: `payloads, ${payloads} in a webhook, of people ${isKnown ? 'known already' : 'nobody knew'}`,
    lines: scaleLines(computeApiLines(all, readDeployed(deployment)), share(1, payloads)),
    each: {
      events: share(consumed.announcements.length, count),
      'write units': share(consumed.writeUnits, count),
      'read units': share(consumed.readUnits, count),
      'CPU ms': share(usage.cpu, payloads),
    },
    usages: [{ service: receiving, usage }],
  };
};

/** Deliveries that come one at a time, and together. */
const arrivals: Readonly<Record<'alone' | 'together', Arrival>> = {
  alone: { eventsASecond: 1, messagesARequest: 1 },
  together: { eventsASecond: 250, messagesARequest: 10 },
};

const sending = 'send-deliveries';

/** Measures deliveries to a webhook, each about another lead: planned and sent one at a time, or together. */
const measureDeliveries = async (
  deployment: Deployment,
  target: Target,
  { how, count }: { readonly how: keyof typeof arrivals; readonly count: number },
): Promise<KindCost> => {
  const isAlone = how === 'alone';
  const send = (more: { events: (typeof poke)[]; before?: () => Promise<unknown> }): Promise<FunctionUsage> =>
    runInvocations(deployment, sending, { ...more, check: checkSent });
  const plan = await planDeliveries(deployment, count, isAlone ? 1 : 10);
  if (isAlone) await send({ events: [poke] });
  target.take();
  const usage = await (isAlone
    ? send({ events: Array(count).fill(poke), before: () => planDeliveries(deployment, 1, 1) })
    : send({ events: [poke] }));
  const { bytes } = target.take();
  // The target is waited for, as the other services are.
  usage.consumed.requests.target = count;
  const usages = [
    { service: 'plan-deliveries', usage: plan },
    { service: sending, usage },
  ];
  const flow: Flow = {
    events: count,
    bytesIn: 0,
    bytesOut: 0,
    announcements: 0,
    messages: { 'plan-deliveries': count, [sending]: isAlone ? count : plan.consumed.sent.length },
    usages,
    stored: 0,
    storedByLead: 0,
    leads: count,
  };
  const out = (million * share(bytes, count)) / gigabyte;
  const sum = (of: (usage: FunctionUsage) => number): number =>
    share(
      usages.reduce((total, { usage }) => total + of(usage), 0),
      count,
    );
  return {
    kind: how === 'alone' ? 'deliveries, one at a time' : 'deliveries, many at once',
    lines: [
      ...computeAdditionalLines(flow, readDeployed(deployment), arrivals[how]).filter(({ usd }) => usd > 0),
      line('Data transfer', 'deliveries, out to the internet', out, 'GB', computeCost('dataOut', out)),
    ],
    each: {
      'write units': sum(({ consumed }) => consumed.writeUnits),
      'read units': sum(({ consumed }) => consumed.readUnits),
      bytes: share(bytes, count),
    },
    usages,
  };
};

/** Measures the monthly cost of looking each minute for what is due, if nothing is. */
const measurePokes = (deployment: Deployment): Promise<CostLine> =>
  measureEveryMinute(deployment, {
    service: sending,
    message: pokeMessage,
    what: 'looking each minute for what is due',
    deployed: readDeployed(deployment),
  });

const readFixed = ({ assembly }: Deployment, metrics = 0): CostLine[] =>
  computeFixedLines(assembly.resources, metrics);

/** Measures what it costs that events come in by webhooks and announcements go out. */
export const measureIntegrations = async (): Promise<IntegrationsCost> => {
  const before = await withDeployment(async (deployment) => readFixed(deployment));
  return withDeliveries(5, async (deployment, target) => {
    const kinds = [
      await measureWebhooks(deployment, { payloads: 1, requests: 100, isKnown: false }),
      // The first of them makes the others known.
      await measureWebhooks(deployment, { payloads: 100, requests: 10, isKnown: false }),
    ];
    await measureWebhooks(deployment, { payloads: 100, requests: 10, isKnown: true });
    kinds.push(
      await measureWebhooks(deployment, { payloads: 1, requests: 100, isKnown: true }),
      await measureWebhooks(deployment, { payloads: 100, requests: 10, isKnown: true }),
      await measureDeliveries(deployment, target, { how: 'alone', count: 20 }),
      await measureDeliveries(deployment, target, { how: 'together', count: 500 }),
    );
    const metrics = countMetrics(kinds.flatMap(({ usages }) => usages));
    const fixed = readFixed(deployment, metrics).map((each, i) => ({
      ...each,
      amount: each.amount - (before[i]?.amount ?? 0),
      usd: each.usd - (before[i]?.usd ?? 0),
    }));
    return { kinds, fixed: [...fixed.filter(({ usd }) => usd > 0), await measurePokes(deployment)] };
  });
};
