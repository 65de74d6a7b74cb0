import { CallBrief } from './call-brief.tsx';
import { Known } from './known/known.tsx';
import { Points } from './points/points.tsx';
import { Standing } from './standing/standing.tsx';
import type { LeadAnswer } from './types.ts';
import { WhatIf } from './what-if/what-if.tsx';

interface LeadBodyProps {
  readonly lead: LeadAnswer;
  /** The lead as of now, if another instant is shown. */
  readonly now?: LeadAnswer | undefined;
}

/** Shows everything of a lead that follows from the instant as of which it is shown. */
export const LeadBody = ({ lead, now }: LeadBodyProps) => (
  <>
    <Standing lead={lead} now={now} />
    <CallBrief lead={lead} />
    <Points lead={lead} />
    <Known lead={lead} />
    <WhatIf lead={lead} />
  </>
);
