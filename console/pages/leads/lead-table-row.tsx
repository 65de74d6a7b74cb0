import { useMemo } from 'preact/hooks';
import { hrefOfLead } from '../../app/route.ts';
import { Instant } from '../../parts/instant.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { ScoreMeter } from '../../parts/score-meter.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { texts } from '../../texts/texts.ts';
import type { ListedLead } from './listed-lead.ts';

const nameAction = (action: ListedLead['action']): string => {
  const { actions } = texts.value.words;
  if (action.kind === 'nurture') return actions.nurture(action.track);
  return action.kind === 'handoff' ? actions.handoff(action.queue) : actions.none;
};

/** Returns what is unusual about a lead. */
const nameStatus = ({ status, heldBack }: ListedLead): string | undefined => {
  const t = texts.value.leads;
  if (status === 'disqualified') return t.ruledOut;
  if (status === 'recycled') return t.givenBack;
  return heldBack ? t.held : undefined;
};

const Two = ({ first, second }: { readonly first: string; readonly second: string | undefined }) => (
  <>
    <span class="line">{first}</span>
    {second !== undefined && <span class="line muted">{second}</span>}
  </>
);

const LeadCells = ({ lead }: { readonly lead: ListedLead }) => {
  const { leads: t, words } = texts.value;
  const { leadId, name = leadId, company, tier, score, stage, action, dueAt, lastHeard } = lead;
  return (
    <>
      <th scope="row">
        <a class="line" href={hrefOfLead(leadId)}>
          <bdi>{name.slice(0, 200)}</bdi>
        </a>
        {company !== undefined && (
          <span class="line muted">
            <bdi>{company.slice(0, 200)}</bdi>
          </span>
        )}
      </th>
      <td>
        <TierBadge tier={tier} />
      </td>
      <td>
        <ScoreMeter score={score} />
      </td>
      <td>
        <Two first={words.stages[stage]} second={nameStatus(lead)} />
      </td>
      <td>
        <span class={action.kind === 'none' ? 'line muted' : 'line'}>{nameAction(action)}</span>
      </td>
      <td>
        {dueAt === undefined ? (
          <span class="muted">{t.nothingByItself}</span>
        ) : (
          <>
            <span class="line muted">{t.nothingBefore}</span>
            <span class="line">
              <Instant at={dueAt} day />
            </span>
          </>
        )}
      </td>
      <td>
        <RelativeTime at={lastHeard} />
      </td>
    </>
  );
};

interface LeadTableRowProps {
  readonly lead: ListedLead;
  /** The number of the row in the whole table, from 2: the first one has the titles. */
  readonly index: number;
  /** In pixels. */
  readonly height: number;
}

/** Shows a lead as a row of the table. What is in it stays the same while it is scrolled. */
export const LeadTableRow = ({ lead, index, height }: LeadTableRowProps) => {
  const cells = useMemo(() => <LeadCells lead={lead} />, [lead]);
  return (
    <tr aria-rowindex={index} style={{ height: `${height}px` }}>
      {cells}
    </tr>
  );
};
