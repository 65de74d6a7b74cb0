import { hrefOfLead } from '../../../app/route.ts';
import { clip } from '../../../parts/clipped.tsx';
import { formatNumber } from '../../../parts/numbers.ts';
import { TierBadge } from '../../../parts/tier-badge.tsx';
import { timeZone } from '../../../parts/time-zone.ts';
import { locale, texts } from '../../../texts/texts.ts';
import { formatUtc } from '../format.ts';
import type { Entry } from '../types.ts';
import { Changed, Reasons, What, WholeText } from './entry-words.tsx';

const Time = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={texts.value.parts.utc(formatUtc(at))} class="entry-time">
    {new Intl.DateTimeFormat(locale.value, { timeStyle: 'short', timeZone: timeZone.value }).format(
      new Date(at),
    )}
  </time>
);

/** Shows where an entry is in the chain of hashes, by which a later edit is found out. */
const Proof = ({ entry }: { readonly entry: Entry }) => {
  const t = texts.value.lead.timeline;
  return (
    <>
      <dt>{t.hash}</dt>
      <dd>
        <code>{entry.hash}</code>
      </dd>
      <dt>{t.previousHash}</dt>
      <dd>{entry.previousHash === undefined ? t.firstEntry : <code>{entry.previousHash}</code>}</dd>
    </>
  );
};

const Details = ({ entry, leadId }: { readonly entry: Entry; readonly leadId: string }) => {
  const t = texts.value.lead.timeline;
  return (
    <dl class="entry-details">
      <Reasons entry={entry} />
      {entry.kind !== 'erased' && <WholeText entry={entry} />}
      {entry.kind === 'decided' && (
        <>
          <dt>{t.model}</dt>
          <dd>{entry.modelVersion}</dd>
        </>
      )}
      <dt>{t.event}</dt>
      <dd>
        {entry.type} <bdi class="muted">{clip(entry.eventId)}</bdi>
      </dd>
      <dt>{t.source}</dt>
      <dd>
        <bdi>{clip(entry.source)}</bdi>
      </dd>
      <Proof entry={entry} />
      {entry.kind === 'decided' && (
        <>
          <dt>{t.atThatTime}</dt>
          <dd>
            <a href={hrefOfLead(leadId, { at: entry.occurredAt })}>{t.showThen}</a>
          </dd>
        </>
      )}
    </dl>
  );
};

/** Shows what happened, and what it has changed. It opens into why, by which model, and the proof. */
export const TimelineEntry = ({ entry, leadId }: { readonly entry: Entry; readonly leadId: string }) => {
  const isTierMove = entry.kind === 'decided' && entry.before?.tier !== entry.standing.tier;
  return (
    <li class={`entry entry-${entry.kind}`}>
      <details>
        <summary>
          <Time at={entry.occurredAt} />
          <span class="entry-body">
            <What entry={entry} />
            <Changed entry={entry} />
          </span>
          {entry.kind === 'decided' && (
            <span class="entry-standing">
              {isTierMove && <TierBadge tier={entry.standing.tier} />}
              <span class="number">{formatNumber(entry.standing.score)}</span>
            </span>
          )}
        </summary>
        <Details entry={entry} leadId={leadId} />
      </details>
    </li>
  );
};
