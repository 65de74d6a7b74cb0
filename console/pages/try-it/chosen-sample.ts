import type { EventSample, PayloadSample, Samples } from './local-samples.ts';

/** The sample that was chosen. */
export type Chosen =
  | { readonly kind: 'event'; readonly sample: EventSample }
  | { readonly kind: 'payload'; readonly sample: PayloadSample };

/** Returns the name of a payload in the address, such as `hubspot/changes`. */
export const keyOf = ({ source, name }: Pick<PayloadSample, 'source' | 'name'>): string =>
  `${source}/${name}`;

/** The type that is chosen first: it changes most leads. */
const usualType = 'LeadActivityRecorded';

/** Finds the sample that an address names, or else the one to begin with. */
export const findSample = ({ events, payloads }: Samples, key: string | null): Chosen | undefined => {
  const payload = payloads.find((each) => keyOf(each) === key);
  if (payload !== undefined) return { kind: 'payload', sample: payload };
  const sample =
    events.find(({ type }) => type === key) ?? events.find(({ type }) => type === usualType) ?? events[0];
  return sample && { kind: 'event', sample };
};

/** Groups payloads by the tool that sends them. */
export const groupPayloads = (
  payloads: readonly PayloadSample[],
): readonly (readonly [kind: string, samples: readonly PayloadSample[]])[] => {
  const groups = new Map<string, PayloadSample[]>();
  for (const payload of payloads) {
    const group = groups.get(payload.kind);
    if (group === undefined) groups.set(payload.kind, [payload]);
    else group.push(payload);
  }
  return [...groups];
};
