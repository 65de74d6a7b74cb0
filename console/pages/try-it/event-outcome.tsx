import type { ApiError, FieldProblem } from '../../api/api-error.ts';
import { hrefOf } from '../../app/route.ts';
import { Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import type { SendResult } from './send-events.ts';

/** The end of a sending. */
export interface Sending {
  /** The answer of the API. */
  readonly result?: SendResult;
  /** The problems of an event that was put on the bus past the API; none if it is taken in. */
  readonly quarantinedFor?: readonly FieldProblem[];
  readonly error?: ApiError;
}

interface OutcomeProps {
  readonly sending: Sending;
  readonly leadId: string | undefined;
  readonly onPutOnBus: () => void;
}

/** Says why an event was not taken in, and what can be done with it. */
export const EventOutcome = ({ sending, leadId, onPutOnBus }: OutcomeProps) => {
  const t = texts.value.tryIt;
  const { result, quarantinedFor, error } = sending;
  if (error !== undefined) return <Problem error={error} />;
  if (quarantinedFor !== undefined && quarantinedFor.length > 0)
    return (
      <p class="notice" role="alert">
        {t.quarantined} <a href={hrefOf('health', { lead: leadId })}>{t.toQuarantine}</a>
      </p>
    );
  if (result === undefined || result.result === 'accepted') return null;
  if (result.code === undefined)
    return (
      <p class="notice" role="alert">
        {t.unavailable}
      </p>
    );
  return (
    <div class="notice" role="alert">
      <p>{t.refused(texts.value.health.codes[result.code])}</p>
      <p class="row">
        <button type="button" class="secondary" onClick={onPutOnBus}>
          {t.putOnBus}
        </button>
        <span>{t.putOnBusHint}</span>
      </p>
    </div>
  );
};
