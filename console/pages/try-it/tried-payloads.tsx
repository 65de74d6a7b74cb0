import { GivenAllowed, Worded } from '../../parts/authored.tsx';
import { markAuthored } from '../../parts/authored-marks.ts';
import { texts } from '../../texts/texts.ts';
import type { TriedPayload } from './local-samples.ts';

const Tried = ({ payload }: { readonly payload: TriedPayload }) => {
  const t = texts.value.tryIt;
  const { name, outcome, lead, events, passedOver, problems } = payload;
  const identifiers = lead?.identifiers ?? [];
  return (
    <li>
      <p>
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        {t.outcomes[outcome]}
      </p>
      {lead !== undefined && (
        <p class="muted">
          {t.lead}{' '}
          <bdi>{lead.leadId ?? identifiers.map(({ type, value }) => `${type} ${value}`).join(', ')}</bdi>
        </p>
      )}
      {events.map(({ type, eventId, occurredAt, data }) => (
        <details key={eventId} open>
          <summary>{t.event1(type)}</summary>
          <pre dir="ltr">{JSON.stringify({ eventId, occurredAt, data }, null, 2)}</pre>
        </details>
      ))}
      {(problems.length > 0 || passedOver.length > 0) && (
        <ul class="reasons">
          {problems.map((problem) => (
            <li key={problem.path}>
              <GivenAllowed problem={problem} />
            </li>
          ))}
          {passedOver.map(({ event, path }) => (
            <li key={event}>
              <Worded text={t.passedOver(markAuthored(event), markAuthored(path))} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

/** Shows what each payload of a body becomes, or why it becomes nothing. */
export const TriedPayloads = ({ payloads }: { readonly payloads: readonly TriedPayload[] }) => {
  const t = texts.value.tryIt;
  return (
    <section aria-labelledby="becomes">
      <h3 id="becomes">{t.becomes}</h3>
      {payloads.length === 0 && <p>{t.nothing}</p>}
      <ul class="plain tried">
        {payloads.map((payload, index) => (
          <Tried key={index} payload={payload} />
        ))}
      </ul>
    </section>
  );
};
