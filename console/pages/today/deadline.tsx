import { serverNow } from '../../parts/clock.ts';
import { Instant } from '../../parts/instant.tsx';
import { locale, texts } from '../../texts/texts.ts';
import type { ListedHandoff } from './handoff.ts';
import { formatTime } from './time-left.ts';

const TimeLeft = ({ dueAt }: { readonly dueAt: string }) => {
  const t = texts.value.today;
  const ms = Date.parse(dueAt) - serverNow.value;
  const time = formatTime(ms, locale.value) ?? t.lessThanAMinute;
  return <strong class={ms < 0 ? 'late-mark' : ''}>{ms < 0 ? `⚠ ${t.lateBy(time)}` : t.left(time)}</strong>;
};

const Next = ({ next }: Pick<ListedHandoff, 'next'>) => {
  const t = texts.value.today;
  if (next === undefined) return null;
  const words = Date.parse(next.at) < serverNow.value ? t.nextLate : t.next;
  return <p class="muted">{words[next.followedBy](next.to ?? '')}</p>;
};

const answeredAtOf = (of: ListedHandoff): string | undefined =>
  of.answeredAt ?? of.withdrawnAt ?? of.expiredAt;

/** Shows what became of a hand-off that waits no more: when, by whom and why. */
const End = ({ handoff }: { readonly handoff: ListedHandoff }) => {
  const t = texts.value.today;
  const at = answeredAtOf(handoff);
  return (
    <div class="deadline">
      <p>
        <strong>{t.stateOfOne[handoff.state]}</strong>{' '}
        {handoff.actor !== undefined && <bdi>{t.answeredBy(handoff.actor)}</bdi>}
      </p>
      {at !== undefined && (
        <p class="muted">
          <Instant at={at} />
        </p>
      )}
      {handoff.reason !== undefined && (
        <p class="clamped">
          <bdi>{handoff.reason}</bdi>
        </p>
      )}
    </div>
  );
};

/** Shows the deadlines that passed without an answer, and who was notified of it. */
const Missed = ({ missed = [], escalatedTo }: Pick<ListedHandoff, 'missed' | 'escalatedTo'>) => {
  const t = texts.value.today;
  return (
    <>
      {missed.map(({ queue, dueAt }) => (
        <p key={dueAt} class="muted">
          {t.missedBy(queue)} <Instant at={dueAt} />
        </p>
      ))}
      {escalatedTo !== undefined && <p>{t.notified(escalatedTo)}</p>}
    </>
  );
};

/** Shows the time that is left to answer a hand-off, and what follows if nobody does. */
export const Deadline = ({ handoff }: { readonly handoff: ListedHandoff }) => {
  const t = texts.value.today;
  const { state, dueAt, waitsUntil, late, next, missed = [], escalatedTo, pausedAt } = handoff;
  if (state === 'waiting' && waitsUntil !== undefined)
    return (
      <div class="deadline">
        <p>
          {t.startsAt} <Instant at={waitsUntil} />
        </p>
      </div>
    );
  if (state !== 'open') return <End handoff={handoff} />;
  // The last deadline stays when it has passed and none follows it.
  const isMissed = missed.some((each) => each.dueAt === dueAt);
  return (
    <div class="deadline">
      <p>
        {dueAt === undefined ? <strong>{t.paused}</strong> : <TimeLeft dueAt={dueAt} />}{' '}
        {late && (dueAt === undefined || Date.parse(dueAt) >= serverNow.value) && (
          <span class="late-mark">⚠ {t.late}</span>
        )}
      </p>
      {dueAt !== undefined && !isMissed && (
        <p class="muted">
          {t.due} <Instant at={dueAt} />
        </p>
      )}
      {pausedAt !== undefined && (
        <p class="muted">
          {t.since} <Instant at={pausedAt} />
        </p>
      )}
      <Missed missed={missed} escalatedTo={escalatedTo} />
      <Next next={next} />
    </div>
  );
};
