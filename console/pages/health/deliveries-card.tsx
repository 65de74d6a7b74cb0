import { hrefOf } from '../../app/route.ts';
import { Authored } from '../../parts/authored.tsx';
import { Instant } from '../../parts/instant.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { texts } from '../../texts/texts.ts';
import type { Health } from './findings.ts';
import { formatCount } from './format-count.ts';

export type Subscription = NonNullable<Health['deliveries']>[number];

const marks: ReadonlyMap<Subscription['state'], string> = new Map<Subscription['state'], string>([
  ['sending', '✓'],
  ['failing', '!'],
  ['held', '!'],
  ['paused', '‖'],
]);

/** Shows how a subscription stands, and since when or until when. */
export const SubscriptionState = ({ of }: { readonly of: Subscription }) => {
  const t = texts.value.health.deliveries;
  const { state, pausedBecause, pausedAt, heldUntil } = of;
  return (
    <span>
      <span class={`tag tag-${state === 'sending' ? 'well' : 'wrong'}`}>
        <span aria-hidden="true">{marks.get(state)}</span> {t.states[state]}
      </span>{' '}
      {pausedBecause !== null && t.because[pausedBecause]}{' '}
      {pausedAt !== null && <RelativeTime at={pausedAt} />}
      {state === 'held' && heldUntil !== null && (
        <>
          {t.heldUntil} <Instant at={heldUntil} />
        </>
      )}
    </span>
  );
};

const Row = ({ subscription: of }: { readonly subscription: Subscription }) => {
  const { subscription, kind, waiting, more, failed, moreFailed, lastDeliveredAt, lastFailure } = of;
  return (
    <tr>
      <td>
        <a href={hrefOf('health', { delivery: subscription })}>
          <bdi>{subscription}</bdi>
        </a>{' '}
        <span class="muted">{kind}</span>
      </td>
      <td>
        <SubscriptionState of={of} />
      </td>
      <td class="number">{formatCount(waiting, more)}</td>
      <td class="number">{formatCount(failed, moreFailed)}</td>
      <td class="when">
        {lastDeliveredAt === null ? texts.value.health.never : <RelativeTime at={lastDeliveredAt} />}
      </td>
      <td>
        {lastFailure !== null && (
          <>
            <Authored>{lastFailure.reason}</Authored>{' '}
            <span class="muted">
              <RelativeTime at={lastFailure.at} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
};

/** Shows the tools to which changes are delivered. Each leads to its deliveries. */
export const DeliveriesCard = ({ deliveries }: Pick<Health, 'deliveries'>) => {
  const t = texts.value.health;
  return (
    <section class="card" aria-labelledby="deliveries">
      <h2 id="deliveries">{t.areas.deliveries}</h2>
      {deliveries === null && <p class="muted">{t.unknownHints.deliveries}</p>}
      {deliveries?.length === 0 && <p class="muted">{t.deliveries.none}</p>}
      {deliveries !== null && deliveries.length > 0 && (
        <Scroll label={t.areas.deliveries}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t.deliveries.subscription}</th>
                <th scope="col">{t.deliveries.state}</th>
                <th scope="col" class="number">
                  {t.deliveries.waiting}
                </th>
                <th scope="col" class="number">
                  {t.deliveries.failed}
                </th>
                <th scope="col">{t.deliveries.last}</th>
                <th scope="col">{t.deliveries.lastFailure}</th>
              </tr>
            </thead>
            <tbody>
              {deliveries.map((subscription) => (
                <Row key={subscription.subscription} subscription={subscription} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  );
};
