import { useRef } from 'preact/hooks';
import { call } from '../../api/call.ts';
import { type LoadedResource, useResource } from '../../api/use-resource.ts';
import type { LeadAnswer } from './types.ts';

/** The milliseconds after which a lead is loaded again while it is seen. */
const everyMs = 30_000;

export interface ShownLead {
  /** The lead as of now. */
  readonly present: LoadedResource<LeadAnswer>;
  /** The lead as of another instant; without a value if now is shown. */
  readonly other: LoadedResource<LeadAnswer | undefined>;
  /** The lead that is shown: while another instant is loaded, it stays as it was shown before. */
  readonly shown: LeadAnswer | undefined;
  /** Whether that is the lead as of the instant that was asked for. */
  readonly isSettled: boolean;
}

/** Loads a lead as of now, and as of another instant if one is asked for. */
export const useLead = (id: string, at: string | undefined): ShownLead => {
  const last = useRef<LeadAnswer | undefined>(undefined);
  const present = useResource((signal) => call('getLead', { path: { id }, signal }), [id], { everyMs });
  const other = useResource(
    async (signal) =>
      at === undefined ? undefined : await call('getLead', { path: { id }, query: { at }, signal }),
    [id, at],
  );
  const { value, error } = other.resource.value;
  const found = at === undefined ? present.resource.value.value : value;
  if (found !== undefined) last.current = found;
  const isFailed = at !== undefined && error !== undefined;
  return { present, other, shown: isFailed ? undefined : last.current, isSettled: found !== undefined };
};
