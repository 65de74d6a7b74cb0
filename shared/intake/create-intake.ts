import type { BusEvent } from '../../events/index.ts';
import type { Bus } from '../bus/index.ts';
import type { Resolved } from '../identity/index.ts';
import { errorFields, inParallel, logger, tally } from '../lambda/index.ts';
import type { Quarantine } from '../quarantine/index.ts';
import type { PassedPayload, Payload } from '../webhooks/index.ts';
import {
  type Intake,
  type IntakeResult,
  type IntakeSource,
  type PayloadOutcome,
  payloadOutcomes,
} from './intake.ts';
import { keyOf, putAll } from './put-all.ts';
import { quarantinePayload, type Unmapped } from './quarantine-payload.ts';
import { type Mapped, mapPayload, type ReadDeps, type ReadPayload, resolvePayload } from './read-payload.ts';

export interface IntakeDeps extends ReadDeps {
  readonly bus: Bus;
  readonly quarantine: Quarantine;
}

/** The payloads that are read or stored at once: enough for the most of a webhook to be taken within a second. */
const atOnce = 25;

/** The end of one payload. */
interface Ended {
  readonly name: string;
  readonly outcome: PayloadOutcome;
}

interface Read {
  readonly name: string;
  readonly content: unknown;
  readonly read: ReadPayload | { readonly kind: 'failed' };
}

/** Runs the work of a payload. A failure stops no other. */
const attempt = async <T>(work: () => Promise<T> | T): Promise<T | { readonly kind: 'failed' }> => {
  try {
    return await work();
  } catch (error) {
    logger.error('payload not read; the sender has to send it again', errorFields(error));
    return { kind: 'failed' };
  }
};

/**
 * Returns payloads in rounds: those that name their lead by the most identifiers come first. Tools send what they know of
 * one person in several payloads, and an address in only one of them. If that is resolved before the others, all of them
 * are about the lead that is known by the address.
 */
const inRounds = <P extends { readonly mapped: Mapped }>(payloads: readonly P[]): readonly P[][] =>
  [...Map.groupBy(payloads, ({ mapped }) => mapped.lead.identifiers?.length ?? 0)]
    .toSorted(([a], [b]) => b - a)
    .map(([, round]) => round);

/** Reads payloads, and returns them in their order. */
const readAll = async (
  deps: IntakeDeps,
  source: IntakeSource,
  payloads: readonly Payload[],
): Promise<readonly Read[]> => {
  const all: Read[] = [];
  const toResolve: { readonly index: number; readonly mapped: Mapped }[] = [];
  for (const [index, payload] of payloads.entries()) {
    const { name, content } = payload;
    const mapped = await attempt(() => mapPayload(deps, source, payload));
    if (mapped.kind === 'mapped') toResolve.push({ index, mapped });
    else all[index] = { name, content, read: mapped };
  }
  for (const round of inRounds(toResolve)) {
    await inParallel(round, atOnce, async ({ index, mapped }) => {
      const { name, content } = payloads[index] as Payload;
      all[index] = { name, content, read: await attempt(() => resolvePayload(deps, source, mapped)) };
    });
  }
  return all;
};

/** Confirms what was resolved. If that fails, the next payload of the lead gets the same events again. */
const confirmAll = (resolved: readonly Resolved[]): Promise<void> =>
  inParallel(resolved, atOnce, async ({ confirm }) => {
    try {
      await confirm();
    } catch (error) {
      logger.warn('links not confirmed', errorFields(error));
    }
  });

/** Stores payloads side by side. Returns the end of each. */
const storeAll = async (
  { quarantine, now }: IntakeDeps,
  source: IntakeSource,
  unmapped: readonly (Unmapped & { readonly outcome: PayloadOutcome })[],
): Promise<Ended[]> => {
  const ended: Ended[] = [];
  await inParallel(unmapped, atOnce, async (each) => {
    const { name, outcome } = each;
    try {
      await quarantinePayload(quarantine, source, each, now());
      ended.push({ name, outcome });
    } catch (error) {
      logger.error('payload not quarantined; the sender has to send it again', errorFields(error));
      ended.push({ name, outcome: 'unavailable' });
    }
  });
  return ended;
};

/** Returns what has to be stored of the payloads that a kind has passed. */
const listPassedUnmapped = (passed: readonly PassedPayload[]) =>
  passed.flatMap(({ name, why, content, problem }) => {
    if (why === 'own' || why === 'ignored') return [];
    const outcome: PayloadOutcome = why === 'malformed' ? 'unmapped' : why;
    const code: Unmapped['code'] = why === 'missing-changes' ? why : 'unmapped';
    return [{ name, content, code, problems: problem === undefined ? [] : [problem], outcome }];
  });

const listUnmapped = (all: readonly Read[]) =>
  all.flatMap(({ name, content, read }) =>
    read.kind === 'unmapped'
      ? [{ name, content, code: read.kind, problems: read.problems, outcome: read.kind }]
      : [],
  );

/** Returns the payloads that end without anything being stored of them. */
const listUnwanted = (all: readonly Read[], passed: readonly PassedPayload[]): Ended[] => [
  ...passed.flatMap(({ name, why }) => (why === 'own' || why === 'ignored' ? [{ name, outcome: why }] : [])),
  ...all.flatMap(({ name, read }): Ended[] => {
    if (read.kind === 'unknown' || read.kind === 'empty' || read.kind === 'ignored')
      return [{ name, outcome: read.kind }];
    return read.kind === 'failed' ? [{ name, outcome: 'unavailable' }] : [];
  }),
];

/** Puts the events of payloads on the bus, and confirms what was resolved for those that it took as a whole. */
const putPayloads = async (
  { bus }: IntakeDeps,
  all: readonly Read[],
): Promise<{ readonly ended: readonly Ended[]; readonly events: number }> => {
  const ready = all.flatMap(({ name, read }) => (read.kind === 'events' ? [{ name, ...read }] : []));
  const taken = await putAll(
    bus,
    ready.flatMap(({ events }): readonly BusEvent[] => events),
  );
  const isTaken = ({ events }: (typeof ready)[number]) => events.every((event) => taken.has(keyOf(event)));
  await confirmAll(ready.filter(isTaken).flatMap(({ resolved }) => resolved));
  const ended = ready.map(
    (each): Ended => ({
      name: each.name,
      outcome: isTaken(each) ? 'taken' : 'unavailable',
    }),
  );
  return { ended, events: taken.size };
};

const sum = (ended: readonly Ended[], events: number): IntakeResult => {
  const counts = tally(ended, ({ outcome }) => outcome);
  return {
    counts: Object.fromEntries(
      payloadOutcomes.map((outcome) => [outcome, counts.get(outcome) ?? 0]),
    ) as IntakeResult['counts'],
    events,
    unknown: tally(
      ended.filter(({ outcome }) => outcome === 'unknown'),
      ({ name }) => name,
    ),
  };
};

/**
 * Creates the intake, by which payloads of webhooks and of partner buses become events.
 *
 * @example const { counts } = await createIntake(deps).take(source, payloads, passed);
 */
export const createIntake = (deps: IntakeDeps): Intake => ({
  take: async (source, payloads, passed = []) => {
    const all = await readAll(deps, source, payloads);
    const [put, stored] = await Promise.all([
      putPayloads(deps, all),
      storeAll(deps, source, [...listUnmapped(all), ...listPassedUnmapped(passed)]),
    ]);
    return sum([...put.ended, ...stored, ...listUnwanted(all, passed)], put.events);
  },
});
