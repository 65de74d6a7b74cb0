import type { Evidence, Invariant } from './evidence.ts';

/** The start or the end of a nurture track of a lead. */
interface TrackEvent {
  readonly isStart: boolean;
  readonly leadId: string;
  readonly track: string;
  readonly version: number;
  readonly ordinal: number;
  readonly at: number;
}

const collectTrackEvents = ({ announced }: Evidence): TrackEvent[] => {
  const byId = new Map(announced.map((event) => [event.detail.metadata.eventId, event]));
  return [...byId.values()]
    .filter(({ 'detail-type': type }) => type === 'NurtureStarted' || type === 'NurtureStopped')
    .map(({ 'detail-type': type, detail: { metadata, data } }) => ({
      isStart: type === 'NurtureStarted',
      ...(data as Omit<TrackEvent, 'isStart' | 'at'>),
      at: Date.parse(metadata.occurredAt),
    }));
};

/** Sorts by position; one announcement ends a track, and another one begins, maybe later. */
const inOrder = (a: TrackEvent, b: TrackEvent): number =>
  a.version - b.version || a.ordinal - b.ordinal || Number(a.isStart) - Number(b.isStart) || a.at - b.at;

const hourMs = 3_600_000;

/** Finds hand-offs that were requested too soon after another one of their lead at the same tier. */
const findHandoffsTooSoon = ({ announced, active }: Evidence): string[] => {
  const { tierCooldownHours } = active.document.policy.nurture ?? {};
  // Without a limit a late event may have a hand-off requested that is dated before another one.
  if (tierCooldownHours === undefined) return [];
  const byId = new Map(announced.map((event) => [event.detail.metadata.eventId, event]));
  const requests = [...byId.values()]
    .filter((event) => event['detail-type'] === 'HandoffRequested')
    .map(({ detail: { metadata, data } }) => ({
      ...(data as Pick<TrackEvent, 'leadId' | 'version' | 'ordinal'> & { readonly tier: string }),
      at: Date.parse(metadata.occurredAt),
    }))
    .sort((a, b) => a.version - b.version || a.ordinal - b.ordinal);
  return [...Map.groupBy(requests, ({ leadId, tier }) => `${leadId} ${tier}`)].flatMap(([name, all]) =>
    all.slice(1).flatMap(({ at }, i) => {
      const hours = (at - Math.max(...all.slice(0, i + 1).map((one) => one.at))) / hourMs;
      return hours < tierCooldownHours
        ? [`${name} was handed off ${hours} hours after the time before; allowed: ${tierCooldownHours}`]
        : [];
    }),
  );
};

export const withinLimits: Invariant = {
  id: 'limits',
  rule: 'a lead begins a nurture track, and is handed off at a tier, no sooner and no more often than the policy allows',
  check: (evidence) => {
    const tooSoon = findHandoffsTooSoon(evidence);
    const { tracks = {} } = evidence.active.document.policy.nurture ?? {};
    const events = collectTrackEvents(evidence).filter(({ track }) => Object.hasOwn(tracks, track));
    const wrong = [...Map.groupBy(events, ({ leadId, track }) => `${leadId} ${track}`)].flatMap(
      ([name, all]) => {
        const { cooldownHours = 0, mostStarts = Number.POSITIVE_INFINITY } =
          tracks[all[0]?.track ?? ''] ?? {};
        const starts = all.filter(({ isStart }) => isStart).length;
        const sorted = all.toSorted(inOrder);
        return [
          ...(starts > mostStarts ? [`${name} began ${starts} times; allowed: ${mostStarts}`] : []),
          ...sorted.flatMap((one, i) => {
            const last = sorted.slice(0, i).findLast(({ isStart }) => !isStart);
            return one.isStart && last !== undefined && one.at - last.at < cooldownHours * hourMs
              ? [
                  `${name} began ${(one.at - last.at) / hourMs} hours after it ended; allowed: ${cooldownHours}`,
                ]
              : [];
          }),
        ];
      },
    );
    return [...tooSoon, ...wrong];
  },
};
