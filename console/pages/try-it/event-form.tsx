import { useState } from 'preact/hooks';
import { ApiError, type FieldProblem } from '../../api/api-error.ts';
import { JsonEditor } from '../../parts/json/json-editor.tsx';
import { scanJson } from '../../parts/json/scan-json.ts';
import { texts } from '../../texts/texts.ts';
import { EventOutcome, type Sending } from './event-outcome.tsx';
import { readBefore } from './follow-event.ts';
import { type EventSample, putOnBus } from './local-samples.ts';
import { readEventIds, sendEvents } from './send-events.ts';
import type { useTraces } from './use-traces.ts';

interface FormProps {
  readonly sample: EventSample;
  readonly traces: ReturnType<typeof useTraces>;
}

/** A way to send an event. It returns how it ended, and whether the event was taken in. */
type Way = (text: string) => Promise<{ readonly sending: Sending; readonly isTaken: boolean }>;

const throughApi: Way = async (text) => {
  const [result] = await sendEvents([JSON.parse(text)]);
  return { sending: { ...(result && { result }) }, isTaken: result?.result === 'accepted' };
};

const pastApi: Way = async (text) => {
  const { problems } = await putOnBus(text);
  return { sending: { quarantinedFor: problems }, isTaken: problems.length === 0 };
};

const noProblems: readonly FieldProblem[] = [];

/** Lets an event be edited and sent, and follows it. */
export const EventForm = ({ sample, traces }: FormProps) => {
  const t = texts.value.tryIt;
  const [text, setText] = useState(() => JSON.stringify(sample.event, null, 2));
  const [isBusy, setBusy] = useState(false);
  const [sending, setSending] = useState<Sending>({});
  const isJson = scanJson(text).fault === undefined;

  const send = async (way: Way): Promise<void> => {
    setBusy(true);
    setSending({});
    traces.clear();
    try {
      const about = readEventIds(JSON.parse(text));
      const leadIds = about === undefined ? [] : [about.leadId];
      const before = await readBefore(leadIds).catch(() => new Map());
      const sentAt = Date.now();
      const { sending: ended, isTaken } = await way(text);
      setSending(ended);
      if (!isTaken || about === undefined) return;
      const { eventId, type } = about;
      const again = (): Promise<unknown> => way(text);
      traces.follow([{ eventId, type, leadIds, sentAt, acceptedAt: Date.now(), send: again }], before);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setSending({ error });
    } finally {
      setBusy(false);
    }
  };

  const problems = sending.result?.problems ?? sending.quarantinedFor ?? sending.error?.failure.errors;
  return (
    <>
      <p class="muted">{t.eventHints[sample.type]}</p>
      <JsonEditor
        label={t.event}
        value={text}
        rows={22}
        problems={problems ?? noProblems}
        onInput={(next) => {
          setText(next);
          setSending({});
        }}
      />
      <EventOutcome
        sending={sending}
        leadId={isJson ? readEventIds(JSON.parse(text))?.leadId : undefined}
        onPutOnBus={() => void send(pastApi)}
      />
      <p class="row actions">
        <button type="button" disabled={isBusy || !isJson} onClick={() => void send(throughApi)}>
          {t.send}
        </button>
      </p>
    </>
  );
};
