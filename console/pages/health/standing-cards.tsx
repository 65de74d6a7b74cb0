import type { ComponentChildren } from 'preact';
import { Authored } from '../../parts/authored.tsx';
import { formatDuration } from '../../parts/duration.ts';
import { Instant } from '../../parts/instant.tsx';
import { locale, texts } from '../../texts/texts.ts';
import type { Area, Health } from './findings.ts';
import { formatCount } from './format-count.ts';

interface CardProps {
  readonly area: Area;
  /** The content; null if it isn't known. */
  readonly children: ComponentChildren;
}

const StandingCard = ({ area, children }: CardProps) => {
  const t = texts.value.health;
  return (
    <section class="card" aria-labelledby={area}>
      <h2 id={area}>{t.areas[area]}</h2>
      {children || <p class="muted">{t.unknownHints[area]}</p>}
    </section>
  );
};

/** Shows how far behind the clock is. */
export const ClockCard = ({ clock }: Pick<Health, 'clock'>) => {
  const t = texts.value.health;
  return (
    <StandingCard area="clock">
      {clock && (
        <dl class="facts">
          <dt>{t.clock.done}</dt>
          <dd>{clock.doneUntil === null ? t.never : <Instant at={clock.doneUntil} />}</dd>
          <dt>{t.clock.due}</dt>
          <dd>{formatCount(clock.due, clock.more)}</dd>
          <dt>{t.clock.lag}</dt>
          <dd>
            {clock.lagSeconds === 0 ? t.clock.onTime : formatDuration(clock.lagSeconds * 1_000, locale.value)}
          </dd>
        </dl>
      )}
    </StandingCard>
  );
};

const Verification = ({ of }: { readonly of: NonNullable<Health['anchors']>['verification'] }) => {
  const t = texts.value.health.anchors;
  if (of === null) return <>{t.unverified}</>;
  if (of.result === 'verified') return <>✓ {t.verified}</>;
  return (
    <>
      {t.broken}
      <ul>
        {of.problems.map((problem) => (
          <li key={problem}>
            <Authored>{problem}</Authored>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Shows the last anchor of the ledgers, and whether it is as it was written. */
export const AnchorsCard = ({ anchors }: Pick<Health, 'anchors'>) => {
  const t = texts.value.health.anchors;
  return (
    <StandingCard area="anchors">
      {anchors && (
        <dl class="facts">
          <dt>{t.last}</dt>
          <dd>{anchors.last === null ? t.none : <Instant at={anchors.last.at} />}</dd>
          {anchors.last !== null && (
            <>
              <dt>{t.leads}</dt>
              <dd>
                {anchors.last.leads === null ? texts.value.health.notKnown : formatCount(anchors.last.leads)}
              </dd>
              <dt>{t.verification}</dt>
              <dd>
                <Verification of={anchors.verification} />
              </dd>
            </>
          )}
        </dl>
      )}
    </StandingCard>
  );
};

/** Shows how the last rescoring stands. */
export const RescoringCard = ({
  rescoring,
  isNever,
}: Pick<Health, 'rescoring'> & { readonly isNever: boolean }) => {
  const t = texts.value.health.rescoring;
  return (
    <StandingCard area="rescoring">
      {rescoring === null && isNever && <p class="muted">{t.none}</p>}
      {rescoring && (
        <dl class="facts">
          <dt>{t.model}</dt>
          <dd>
            <bdi>{rescoring.modelVersion}</bdi>
          </dd>
          <dt>{t.status}</dt>
          <dd>{t.statuses[rescoring.status]}</dd>
          <dt>{t.requested}</dt>
          <dd>
            <Instant at={rescoring.requestedAt} />
          </dd>
          {rescoring.doneAt !== undefined && (
            <>
              <dt>{t.done}</dt>
              <dd>
                <Instant at={rescoring.doneAt} />
              </dd>
            </>
          )}
        </dl>
      )}
    </StandingCard>
  );
};
