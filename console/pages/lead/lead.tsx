import './lead.css';
import './timeline/timeline.css';
import './what-if/what-if.css';
import { route } from '../../app/route.ts';
import { serverNow as clock } from '../../parts/clock.ts';
import { Loaded, Loading, Problem } from '../../parts/states.tsx';
import { Actions } from './actions/actions.tsx';
import { AsOfBar } from './as-of/as-of-bar.tsx';
import { computeSpan } from './as-of/span.ts';
import { LeadBody } from './lead-body.tsx';
import { ErasedLead, UnknownLead } from './lead-states.tsx';
import { LeadTitle } from './lead-title.tsx';
import { Timeline } from './timeline/timeline.tsx';
import { useTimeline } from './timeline/use-timeline.ts';
import type { LeadAnswer } from './types.ts';
import { type ShownLead, useLead } from './use-lead.ts';

/** Reads the instant of the address; undefined if there is none, or it is none. */
const readAt = (): string | undefined => {
  const at = route.value.query.get('at');
  return at === null || Number.isNaN(Date.parse(at)) ? undefined : new Date(at).toISOString();
};

interface BodyProps {
  readonly id: string;
  readonly at: string | undefined;
  readonly lead: ShownLead;
  readonly present: LeadAnswer;
}

const Body = ({ id, at, lead, present }: BodyProps) => {
  const timeline = useTimeline(present.leadId, present.version);
  const span = computeSpan(present, timeline.entries, clock.value);
  const { error } = lead.other.resource.value;
  const isOther = at !== undefined;
  return (
    <>
      {!isOther && <Actions key={id} lead={present} onChanged={lead.present.reload} />}
      <AsOfBar span={span} now={clock.value} at={isOther ? Date.parse(at) : undefined} />
      <div class="lead-columns">
        <div class={isOther ? 'is-other-time' : ''} aria-busy={!lead.isSettled}>
          {isOther && error !== undefined && <Problem error={error} retry={lead.other.reload} />}
          {lead.shown === undefined ? (
            error === undefined && <Loading />
          ) : (
            <LeadBody lead={lead.shown} now={isOther && lead.isSettled ? present : undefined} />
          )}
        </div>
        <Timeline id={present.leadId} timeline={timeline} />
      </div>
    </>
  );
};

const ClosedTimeline = ({ id }: { readonly id: string }) => (
  <Timeline id={id} timeline={useTimeline(id, undefined)} />
);

const LeadOf = ({ id }: { readonly id: string }) => {
  const at = readAt();
  const lead = useLead(id, at);
  const { value, error } = lead.present.resource.value;
  const kind = error?.failure.kind;
  const isGone = kind === 'erased' || kind === 'not-found';
  return (
    <div class="lead-page">
      <LeadTitle id={id} lead={isGone ? undefined : value} />
      {kind === 'erased' && (
        <>
          <ErasedLead />
          <ClosedTimeline id={id} />
        </>
      )}
      {kind === 'not-found' && error !== undefined && <UnknownLead error={error} />}
      {!isGone && (
        <Loaded from={lead.present}>
          {(present) => <Body id={id} at={at} lead={lead} present={present} />}
        </Loaded>
      )}
    </div>
  );
};

/** The page Lead: how a lead stands and why, what happened, and what would be. */
export const Lead = () => {
  const { id = '' } = route.value;
  return <LeadOf key={id} id={id} />;
};
