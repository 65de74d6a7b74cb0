import { useState } from 'preact/hooks';
import { ApiError, type FieldProblem } from '../../api/api-error.ts';
import { JsonEditor } from '../../parts/json/json-editor.tsx';
import { scanJson } from '../../parts/json/scan-json.ts';
import { Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { readBefore } from './follow-event.ts';
import {
  type PayloadSample,
  type SentPayload,
  sendPayload,
  type TriedPayload,
  tryPayload,
} from './local-samples.ts';
import { sendEvents, standInLead, toBusEvents } from './send-events.ts';
import type { Trace } from './trace.ts';
import { TriedPayloads } from './tried-payloads.tsx';
import type { useTraces } from './use-traces.ts';

interface FormProps {
  readonly sample: PayloadSample;
  readonly traces: ReturnType<typeof useTraces>;
}

interface PayloadState {
  readonly isBusy: boolean;
  readonly tried?: readonly TriedPayload[];
  readonly sent?: SentPayload;
  readonly error?: ApiError;
  /** Whether the source has no secret to sign with. */
  readonly isUnconnected?: true;
}

const noProblems: readonly FieldProblem[] = [];

/** Returns a trace of each event of payloads that were sent. */
const traceAll = (
  tried: readonly TriedPayload[],
  about: Pick<Trace, 'leadIds' | 'sentAt' | 'send'>,
): Trace[] =>
  tried
    .flatMap(({ events }) => events)
    .map(({ eventId, type }) => ({ ...about, eventId, type, acceptedAt: Date.now() }));

const Answered = ({ state, source }: { readonly state: PayloadState; readonly source: string }) => {
  const t = texts.value.tryIt;
  const { sent, error, isUnconnected } = state;
  return (
    <>
      {isUnconnected && (
        <p class="notice" role="status">
          {t.noSecret(source)} {t.standIn}
        </p>
      )}
      {sent !== undefined && (
        <p role="status">
          {t.door(`${sent.status}`)} <code class="answer">{sent.answer}</code>
        </p>
      )}
      {error !== undefined && <Problem error={error} />}
    </>
  );
};

/** Lets a payload be edited, shows what it becomes, sends it as its tool does, and follows its events. */
export const PayloadForm = ({ sample, traces }: FormProps) => {
  const t = texts.value.tryIt;
  const { source, isSendable } = sample;
  const [text, setText] = useState(() => JSON.stringify(sample.payload, null, 2));
  const [state, setState] = useState<PayloadState>({ isBusy: false });
  const isJson = scanJson(text).fault === undefined;
  const { tried, isBusy, isUnconnected } = state;

  const run = async (work: () => Promise<PayloadState>): Promise<void> => {
    setState({ ...state, isBusy: true });
    try {
      setState(await work());
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setState({ ...state, isBusy: false, error });
    }
  };

  const see = async (): Promise<PayloadState> => ({
    isBusy: false,
    tried: (await tryPayload(source, text)).payloads,
  });

  const sendSigned = async (): Promise<PayloadState> => {
    traces.clear();
    const { payloads } = await tryPayload(source, text);
    const sentAt = Date.now();
    try {
      const sent = await sendPayload(source, text);
      const send = (): Promise<unknown> => sendPayload(source, text);
      if (sent.status < 300)
        traces.follow(traceAll(payloads, { leadIds: sent.leadIds, sentAt, send }), new Map());
      return { isBusy: false, tried: payloads, sent };
    } catch (error) {
      if (!(error instanceof ApiError) || error.failure.kind !== 'conflict') throw error;
      return { isBusy: false, tried: payloads, isUnconnected: true };
    }
  };

  const sendCanonical = async (): Promise<PayloadState> => {
    traces.clear();
    const payloads = tried ?? [];
    const events = toBusEvents(source, payloads);
    const leadIds = [...new Set(payloads.map(({ lead }) => lead?.leadId ?? standInLead))];
    const before = await readBefore(leadIds);
    const sentAt = Date.now();
    const send = (): Promise<unknown> => sendEvents(events);
    await send();
    traces.follow(traceAll(payloads, { leadIds, sentAt, send }), before);
    return { isBusy: false, tried: payloads, isUnconnected: true };
  };

  const canSendEvents = tried?.some(({ events }) => events.length > 0) && (isUnconnected || !isSendable);
  return (
    <>
      <JsonEditor
        label={t.payload}
        value={text}
        rows={18}
        problems={state.error?.failure.errors ?? noProblems}
        onInput={(next) => {
          setText(next);
          setState({ isBusy: false });
        }}
      />
      <p class="row actions">
        <button
          type="button"
          class={tried === undefined ? '' : 'secondary'}
          disabled={isBusy || !isJson}
          onClick={() => void run(see)}
        >
          {t.see}
        </button>
        {tried !== undefined && isSendable && !isUnconnected && (
          <button type="button" disabled={isBusy || !isJson} onClick={() => void run(sendSigned)}>
            {t.sendPayload}
          </button>
        )}
        {canSendEvents && (
          <button type="button" disabled={isBusy || !isJson} onClick={() => void run(sendCanonical)}>
            {t.sendEvents}
          </button>
        )}
      </p>
      {!isSendable && <p class="muted">{t.notSendable}</p>}
      <Answered state={state} source={source} />
      {tried !== undefined && <TriedPayloads payloads={tried} />}
    </>
  );
};
