import { useEffect, useRef } from 'preact/hooks';
import { call } from '../../api/call.ts';
import { useResource } from '../../api/use-resource.ts';
import { hrefOf, hrefOfLead, route } from '../../app/route.ts';
import { Authored } from '../../parts/authored.tsx';
import { Instant } from '../../parts/instant.tsx';
import { Loaded } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { formatCount } from './format-count.ts';
import { readFilters } from './quarantine-filters.tsx';
import type { QuarantinedEvent } from './replay.ts';
import { ReplayEditor } from './replay-editor.tsx';

const LeadLink = ({ id }: { readonly id: string }) => (
  <a href={hrefOfLead(id)}>
    <bdi>{id}</bdi>
  </a>
);

const Facts = ({ event }: { readonly event: QuarantinedEvent }) => {
  const t = texts.value.health.event;
  const { type, source, eventId, leadId, mergedLeadId, times } = event;
  const list = texts.value.health.list;
  return (
    <dl class="facts">
      <dt>{list.event}</dt>
      <dd>
        <bdi>{type ?? list.noType}</bdi>
      </dd>
      <dt>{list.source}</dt>
      <dd>
        <bdi>{source ?? '–'}</bdi>
      </dd>
      <dt>{t.id}</dt>
      <dd>
        <bdi>{eventId ?? '–'}</bdi>
      </dd>
      <dt>{t.lead}</dt>
      <dd>{leadId === undefined ? '–' : <LeadLink id={leadId} />}</dd>
      {mergedLeadId !== undefined && (
        <>
          <dt>{t.otherLead}</dt>
          <dd>
            <LeadLink id={mergedLeadId} />
          </dd>
        </>
      )}
      <dt>{list.times}</dt>
      <dd>{t.came(formatCount(times))}</dd>
      <dt>{t.first}</dt>
      <dd>
        <Instant at={event.firstReceivedAt} />
      </dd>
      <dt>{t.last}</dt>
      <dd>
        <Instant at={event.lastReceivedAt} />
      </dd>
      <dt>{t.expires}</dt>
      <dd>
        <Instant at={event.expiresAt} day />
      </dd>
    </dl>
  );
};

const Steps = ({ steps }: Pick<QuarantinedEvent, 'steps'>) => {
  const t = texts.value.health.event;
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{t.steps}</h3>
      <ol class="steps">
        {steps.map(({ step, actor, at, note }) => (
          <li key={`${at} ${step}`}>
            {t.stepKinds[step]} <bdi class="muted">{t.by(actor)}</bdi>, <Instant at={at} />
            {note !== undefined && (
              <>
                : <bdi>{note}</bdi>
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
};

const Reasons = ({ reasons }: Pick<QuarantinedEvent, 'reasons'>) =>
  reasons.length === 0 ? null : (
    <>
      <h3>{texts.value.health.event.reasons}</h3>
      <ul class="reasons">
        {reasons.map((reason) => (
          <li key={reason}>
            <Authored>{reason}</Authored>
          </li>
        ))}
      </ul>
    </>
  );

interface ShownProps {
  readonly event: QuarantinedEvent;
  readonly onChanged: () => void;
}

const Shown = ({ event, onChanged }: ShownProps) => {
  const t = texts.value.health;
  return (
    <>
      <section class="card two-columns">
        <div>
          <p class="row">
            <strong>{t.codes[event.code]}</strong>
            <span class="tag">{t.states[event.state]}</span>
          </p>
          <h3>{t.event.whatToDo}</h3>
          <p>{t.fixes[event.code]}</p>
          <Reasons reasons={event.reasons} />
          <Steps steps={event.steps} />
        </div>
        <Facts event={event} />
      </section>
      <ReplayEditor key={event.id} event={event} onChanged={onChanged} />
    </>
  );
};

/** Shows a rejected event, with the ways to decide about it. */
export const QuarantinedEventView = ({ id }: { readonly id: string }) => {
  const t = texts.value.health.event;
  const loaded = useResource((signal) => call('getQuarantined', { path: { id }, signal }), [id]);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [id]);
  const filters = readFilters(route.value.query);
  return (
    <>
      <p>
        <a href={hrefOf('health', { ...filters })}>← {t.back}</a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {t.title}
      </h1>
      <Loaded from={loaded}>{(event) => <Shown event={event} onChanged={loaded.reload} />}</Loaded>
    </>
  );
};
