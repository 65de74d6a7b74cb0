import { useResource } from '../../api/use-resource.ts';
import { route } from '../../app/route.ts';
import { Loaded } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { DeliveriesCard } from './deliveries-card.tsx';
import { DeliveryView } from './delivery-view.tsx';
import './health.css';
import { loadHealth } from './load-health.ts';
import { OverallLine } from './overall.tsx';
import { QuarantineSection } from './quarantine-section.tsx';
import { QuarantinedEventView } from './quarantined-event.tsx';
import { QueuesCard } from './queues-card.tsx';
import { SourcesCard } from './sources-card.tsx';
import { AnchorsCard, ClockCard, RescoringCard } from './standing-cards.tsx';

/** The milliseconds after which the health is read again: that asks all queues and tables, and changes slowly. */
const everyMs = 60_000;

const Overview = () => {
  const health = useResource(loadHealth, [], { everyMs });
  return (
    <>
      <h1 tabIndex={-1}>{texts.value.health.title}</h1>
      <Loaded from={health}>{(loaded) => <OverallLine health={loaded} />}</Loaded>
      <QuarantineSection />
      {health.resource.value.value !== undefined && (
        <Loaded from={health}>
          {({ sources, deliveries, deadLetters, clock, anchors, rescoring, isNeverRescored }) => (
            <>
              <QueuesCard deadLetters={deadLetters} />
              <SourcesCard sources={sources} />
              <DeliveriesCard deliveries={deliveries} />
              <div class="cards">
                <ClockCard clock={clock} />
                <AnchorsCard anchors={anchors} />
                <RescoringCard rescoring={rescoring} isNever={isNeverRescored === true} />
              </div>
            </>
          )}
        </Loaded>
      )}
    </>
  );
};

/** The page Health: whether all is well, and what to do about what isn't. */
export const Health = () => {
  const { query } = route.value;
  const event = query.get('event');
  if (event !== null) return <QuarantinedEventView id={event} />;
  const delivery = query.get('delivery');
  return delivery === null ? <Overview /> : <DeliveryView subscription={delivery} />;
};
