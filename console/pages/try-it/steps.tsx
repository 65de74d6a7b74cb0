import type { ComponentChildren } from 'preact';
import { hrefOf, hrefOfLead } from '../../app/route.ts';
import { ScoreMeter } from '../../parts/score-meter.tsx';
import { TierBadge } from '../../parts/tier-badge.tsx';
import { timeZone } from '../../parts/time-zone.ts';
import { locale, texts } from '../../texts/texts.ts';
import type { Again, Begun, TimelineEntry, Trace } from './trace.ts';
import type { useTraces } from './use-traces.ts';

type StepName = 'sent' | 'accepted' | 'recorded' | 'scored' | 'announced' | 'followed';
type StepState = 'done' | 'waiting' | 'late';

const marks: ReadonlyMap<StepState, string> = new Map<StepState, string>([
  ['done', '✓'],
  ['waiting', '…'],
  ['late', '!'],
]);

interface StepProps {
  readonly name: StepName;
  readonly state: StepState;
  /** When the page saw it, and the milliseconds since the sending. */
  readonly seen?: { readonly at: number; readonly after?: number } | undefined;
  readonly children?: ComponentChildren;
}

const formatTime = (at: number): string =>
  new Intl.DateTimeFormat(locale.value, {
    timeStyle: 'medium',
    timeZone: timeZone.value,
  }).format(at);

const Step = ({ name, state, seen, children }: StepProps) => {
  const t = texts.value.tryIt;
  return (
    <li class={`step step-${state}`}>
      <p class="row spread">
        <span>
          <span class="step-mark" aria-hidden="true">
            {marks.get(state)}
          </span>{' '}
          <strong>{t.steps[name]}</strong>
        </span>
        {seen !== undefined && (
          <span class="muted">
            <time dateTime={new Date(seen.at).toISOString()}>{formatTime(seen.at)}</time>
            {seen.after !== undefined && ` · ${t.took(seen.after.toLocaleString(locale.value))}`}
          </span>
        )}
      </p>
      <div class="step-content">{children ?? (state === 'waiting' && t.waiting)}</div>
    </li>
  );
};

type Standing = Extract<TimelineEntry, { kind: 'decided' }>['standing'];

const Stands = ({ standing }: { readonly standing: Standing }) => (
  <span class="row">
    <ScoreMeter score={standing.score} />
    <TierBadge tier={standing.tier} />
  </span>
);

const Scored = ({ entry }: { readonly entry: TimelineEntry }) => {
  const t = texts.value.tryIt;
  if (entry.kind !== 'decided') return <>{t.notScored}</>;
  const { before, standing } = entry;
  if (before === undefined)
    return (
      <span class="row">
        <Stands standing={standing} /> {t.first}
      </span>
    );
  if (before.score === standing.score && before.tier === standing.tier)
    return (
      <span class="row">
        <Stands standing={standing} /> {t.unchanged}
      </span>
    );
  return (
    <span class="row">
      <Stands standing={before} /> <span aria-hidden="true">→</span> <Stands standing={standing} />
    </span>
  );
};

const Announced = ({ entry }: { readonly entry: TimelineEntry }) => {
  const t = texts.value.tryIt;
  if (entry.kind === 'erased') return <>{t.changes.LeadErased}</>;
  if (entry.changes.length === 0) return <>{t.noChanges}</>;
  return (
    <>
      {entry.kind === 'decided' && entry.silent && <p>{t.silent}</p>}
      <ul class="plain">
        {entry.changes.map(({ type }) => (
          <li key={type}>
            {t.changes[type]} <code>{type}</code>
          </li>
        ))}
      </ul>
    </>
  );
};

const describeBegun = (begun: Begun): string => {
  const t = texts.value.tryIt;
  switch (begun.kind) {
    case 'handoff':
      return t.begunHandoff(begun.queue);
    case 'nurture':
      return t.begunNurture(begun.track);
    case 'ended':
      return t.ended;
    case 'same':
    case 'overtaken':
      return t[begun.kind];
    case 'nothing-asked':
      return t.nothingAsked;
    case 'closed':
      return t.notScored;
    default:
      return begun satisfies never;
  }
};

const describeAgain = (again: Again): string => {
  const t = texts.value.tryIt.again;
  switch (again.kind) {
    case 'waiting':
    case 'moved':
      return t[again.kind];
    case 'once':
      return t.once(`${again.version}`);
    case 'twice':
      return t.twice(`${again.count}`);
    default:
      return again satisfies never;
  }
};

interface TraceProps {
  readonly trace: Trace;
  readonly traces: ReturnType<typeof useTraces>;
}

const LateRecord = ({ trace: { leadIds } }: Pick<TraceProps, 'trace'>) => {
  const t = texts.value.tryIt;
  return (
    <>
      {t.notRecorded} {t.notRecordedHint}{' '}
      <a href={hrefOf('health', { state: 'open', lead: leadIds[0] })}>{t.toQuarantine}</a>
    </>
  );
};

const TraceSteps = ({ trace, traces }: TraceProps) => {
  const t = texts.value.tryIt;
  const { recorded, followed, sentAt, acceptedAt, leadIds, gaveUp, again } = trace;
  const missing: StepState = gaveUp ? 'late' : 'waiting';
  const seen = (at: number | undefined) => (at === undefined ? undefined : { at, after: at - sentAt });
  const leadId = recorded?.leadId ?? leadIds[0] ?? '';
  return (
    <>
      <ol class="trace" aria-live="polite">
        <Step name="sent" state="done" seen={{ at: sentAt }}>
          <bdi>{t.sentTo(leadIds.join(', '))}</bdi>
        </Step>
        <Step name="accepted" state="done" seen={seen(acceptedAt)}>
          {t.acceptedHint}
        </Step>
        <Step name="recorded" state={recorded ? 'done' : missing} seen={seen(recorded?.at)}>
          {recorded ? t.recordedHint(`${recorded.entry.version}`) : gaveUp && <LateRecord trace={trace} />}
        </Step>
        {recorded !== undefined && (
          <>
            <Step name="scored" state="done">
              <Scored entry={recorded.entry} />
            </Step>
            <Step name="announced" state="done">
              <Announced entry={recorded.entry} />
            </Step>
            <Step name="followed" state={followed ? 'done' : missing} seen={seen(followed?.at)}>
              {followed ? describeBegun(followed.begun) : gaveUp && t.notFollowed}
            </Step>
          </>
        )}
      </ol>
      <p class="row">
        {recorded !== undefined && (
          <>
            <a href={hrefOfLead(leadId)}>{t.toLead}</a>
            <button
              type="button"
              class="secondary"
              disabled={again?.kind === 'waiting'}
              onClick={() => traces.repeat(trace)}
            >
              {t.sendAgain}
            </button>
          </>
        )}
        {gaveUp && (
          <button type="button" class="secondary" onClick={() => traces.lookAgain(trace)}>
            {t.look}
          </button>
        )}
      </p>
      {again !== undefined && <p role="status">{describeAgain(again)}</p>}
    </>
  );
};

/** Shows how far one of several events is. */
const TraceLine = ({ trace: { type, recorded, followed, gaveUp } }: Pick<TraceProps, 'trace'>) => {
  const t = texts.value.tryIt;
  const state: StepState = followed ? 'done' : gaveUp ? 'late' : 'waiting';
  const standing = recorded?.entry.kind === 'decided' ? recorded.entry.standing : undefined;
  return (
    <span class="row trace-line">
      <span aria-hidden="true">{marks.get(state)}</span>
      <strong>{type}</strong>
      <span class="muted">{recorded ? t.steps.recorded : gaveUp ? t.notRecorded : t.waiting}</span>
      {standing && <Stands standing={standing} />}
    </span>
  );
};

/** Shows what happened to each event that was sent, step by step. */
export const Steps = ({ traces }: Pick<TraceProps, 'traces'>) => {
  const t = texts.value.tryIt;
  const shown = traces.traces.value;
  return (
    <section class="card" aria-labelledby="happened">
      <h2 id="happened">{t.happened}</h2>
      {shown.length === 0 && <p class="muted">{t.empty}</p>}
      {shown.length === 1 && shown.map((trace) => <TraceSteps key="one" trace={trace} traces={traces} />)}
      {shown.length > 1 &&
        shown.map((trace) => (
          <details key={trace.eventId} class="trace-of-several">
            <summary>
              <TraceLine trace={trace} />
            </summary>
            <TraceSteps trace={trace} traces={traces} />
          </details>
        ))}
      {shown.length > 0 && <p class="muted hint">{t.times}</p>}
    </section>
  );
};
