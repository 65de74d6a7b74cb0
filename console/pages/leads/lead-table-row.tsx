import { useMemo } from 'preact/hooks';
import { hrefOfLead } from '../../app/route.ts';
import { clip } from '../../parts/clipped.tsx';
import { nameOf } from '../../parts/handoff/answerable.ts';
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

/** The most characters of a name or a company: no column shows more of them. */
const mostCharacters = 200;

/** Shows a text in one line. One that is cut there can be read as the title. */
const Line = ({ text, isMuted = false }: { readonly text: string; readonly isMuted?: boolean }) => (
  <span class={isMuted ? 'line muted' : 'line'} title={text}>
    <bdi>{clip(text, mostCharacters)}</bdi>
  </span>
);

const LeadCells = ({ lead }: { readonly lead: ListedLead }) => {
  const { leads: t, words } = texts.value;
  const { leadId, company, tier, score, stage, action, dueAt, lastHeard } = lead;
  const status = nameStatus(lead);
  return (
    <>
      <th scope="row">
        <a href={hrefOfLead(leadId)}>
          <Line text={nameOf(lead)} />
        </a>
        {company !== undefined && <Line text={company} isMuted />}
      </th>
      <td>
        <TierBadge tier={tier} />
      </td>
      <td>
        <ScoreMeter score={score} />
      </td>
      <td>
        <Line text={words.stages[stage]} />
        {status !== undefined && <Line text={status} isMuted />}
      </td>
      <td>
        <span class={action.kind === 'none' ? 'clamped muted' : 'clamped'} title={nameAction(action)}>
          <bdi>{nameAction(action)}</bdi>
        </span>
      </td>
      <td>
        {dueAt === undefined ? (
          <span class="muted">{t.nothingByItself}</span>
        ) : (
          <>
            <Line text={t.nothingBefore} isMuted />
            <Instant at={dueAt} day />
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
