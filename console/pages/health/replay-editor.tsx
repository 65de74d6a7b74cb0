import { useState } from 'preact/hooks';
import { ApiError } from '../../api/api-error.ts';
import { call } from '../../api/call.ts';
import { Command } from '../../parts/command.tsx';
import { formatJson } from '../../parts/json/format-json.ts';
import { JsonEditor } from '../../parts/json/json-editor.tsx';
import { texts } from '../../texts/texts.ts';
import { DiscardDialog } from './discard-dialog.tsx';
import { formatCount } from './format-count.ts';
import {
  type QuarantinedEvent,
  type ReplayState,
  readCorrected,
  readLeadId,
  readReplayProblems,
} from './replay.ts';
import { ReplayResult } from './replay-result.tsx';

/** A larger text makes a `<textarea>` slow. */
const mostBytes = 256 * 1024;

const TooLarge = ({ id, bytes }: { readonly id: string; readonly bytes: number }) => (
  <>
    <p>{texts.value.health.event.tooLarge(formatCount(bytes), formatCount(mostBytes))}</p>
    <p>
      <Command text={`npx sluice quarantine show ${id} --raw > event.json`} />
    </p>
    <p>
      <Command text={`npx sluice quarantine replay ${id} --event event.json`} />
    </p>
  </>
);

interface EditorProps {
  readonly event: QuarantinedEvent;
  /** Is called when the event is in another state now. */
  readonly onChanged: () => void;
}

/** Lets a rejected event be corrected, tried, replayed and discarded. */
export const ReplayEditor = ({ event, onChanged }: EditorProps) => {
  const t = texts.value.health.event;
  const { id, state, body = '', bodyBytes = 0 } = event;
  const original = formatJson(body);
  const [text, setText] = useState(original);
  const [replay, setReplay] = useState<ReplayState>({ isBusy: false });
  const [isDiscarding, setDiscarding] = useState(false);
  const isTooLarge = bodyBytes > mostBytes;
  const isChanged = text !== original;
  const corrected = readCorrected(text);
  const isRefused = isChanged && corrected === undefined;

  const send = async (how: { dryRun?: true; force?: true }): Promise<void> => {
    setReplay({ isBusy: true });
    try {
      const given = { ...how, ...(isChanged && corrected !== undefined && { corrected }) };
      const answer = await call('replayQuarantined', { path: { id }, body: given });
      setReplay({ isBusy: false, answer, leadId: readLeadId(text) });
      if (!how.dryRun) onChanged();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setReplay({ isBusy: false, error });
    }
  };

  const change = (next: string): void => {
    setText(next);
    setReplay({ isBusy: false });
  };

  if (state === 'erased') return <p class="card">{t.gone}</p>;
  return (
    <section class="card" aria-label={t.text}>
      {isTooLarge ? (
        <TooLarge id={id} bytes={bodyBytes} />
      ) : (
        <JsonEditor
          label={isChanged ? t.corrected : t.text}
          value={text}
          onInput={change}
          rows={Math.min(30, Math.max(8, original.split('\n').length + 1))}
          problems={replay.error ? readReplayProblems(replay.error) : []}
        />
      )}
      {isRefused && text.trim() !== '' && <p class="muted">{t.notAnObject}</p>}
      <div class="row actions">
        <button
          type="button"
          class="secondary"
          disabled={replay.isBusy || isRefused}
          onClick={() => void send({ dryRun: true })}
        >
          {t.dryRun}
        </button>
        <button type="button" disabled={replay.isBusy || isRefused} onClick={() => void send({})}>
          {isChanged ? t.replayCorrected : t.replay}
        </button>
        {isChanged && (
          <button type="button" class="link" onClick={() => change(original)}>
            {t.reset}
          </button>
        )}
        <button type="button" class="danger last" onClick={() => setDiscarding(true)}>
          {t.discard}
        </button>
      </div>
      <ReplayResult state={replay} isLocated={!isTooLarge} onForce={() => void send({ force: true })} />
      {isDiscarding && (
        <DiscardDialog
          id={id}
          onClose={() => setDiscarding(false)}
          onDone={() => {
            setDiscarding(false);
            onChanged();
          }}
        />
      )}
    </section>
  );
};
