import { useSignal, useSignalEffect } from '@preact/signals';
import { ApiError } from '../../../api/api-error.ts';
import { type Answer, call } from '../../../api/call.ts';
import { useResource } from '../../../api/use-resource.ts';
import { serverNow } from '../../../parts/clock.ts';
import { formatNumber } from '../../../parts/numbers.ts';
import { RelativeTime } from '../../../parts/relative-time.tsx';
import { Problem } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';

/** The milliseconds after which the progress is read again while leads are rescored, and otherwise. */
const runningMs = 2_000;
const restingMs = 20_000;

type Progress = NonNullable<Answer<'getRescoring'>['rescoring']>;

interface SteeringProps {
  readonly status: Progress['status'];
  readonly reload: () => void;
}

const Steering = ({ status, reload }: SteeringProps) => {
  const t = texts.value.model.rescoring;
  const problem = useSignal<ApiError | undefined>(undefined);
  const steer = async (): Promise<void> => {
    problem.value = undefined;
    try {
      await call(status === 'paused' ? 'resumeRescoring' : 'pauseRescoring');
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      problem.value = error;
    }
    reload();
  };
  return (
    <>
      <button type="button" class="secondary" onClick={() => void steer()}>
        {status === 'paused' ? t.resume : t.pause}
      </button>
      {problem.value !== undefined && <Problem error={problem.value} />}
    </>
  );
};

/** Shows how far a pass over all leads is. */
const Pass = ({ progress }: { readonly progress: Progress }) => {
  const t = texts.value.model.rescoring;
  const { modelVersion, leads, leadsRead, passEndsAt } = progress;
  return (
    <>
      <span class="muted">
        {t.read(formatNumber(leadsRead), formatNumber(leads))}
        {passEndsAt !== undefined && (
          <>
            {' · '}
            <RelativeTime at={passEndsAt} />
          </>
        )}
      </span>
      <progress value={leadsRead} max={Math.max(1, leads)} aria-label={t.running(modelVersion)} />
    </>
  );
};

const ProgressOf = ({ progress }: { readonly progress: Progress }) => {
  const t = texts.value.model.rescoring;
  const { status, modelVersion, pass, passStartedAt, left, doneAt } = progress;
  const isBetween = pass > 1 && Date.parse(passStartedAt) > serverNow.value;
  if (status === 'done')
    return (
      <p class="muted">
        {t.done(modelVersion)} {doneAt !== undefined && <RelativeTime at={doneAt} />}
        {left > 0 && ` · ${t.left(left)}`}
      </p>
    );
  return (
    <div class="grow">
      <strong>{status === 'paused' ? t.paused(modelVersion) : t.running(modelVersion)}</strong>{' '}
      {isBetween ? (
        <span class="muted">
          {t.between} <RelativeTime at={passStartedAt} />.
        </span>
      ) : (
        <Pass progress={progress} />
      )}
    </div>
  );
};

/** Shows how far the rescoring of all leads is, which follows an activation, and lets admins pause it. */
export const Rescoring = ({
  isAdmin,
  keys,
}: {
  readonly isAdmin: boolean;
  readonly keys: readonly unknown[];
}) => {
  const isRunning = useSignal(false);
  const { resource, reload } = useResource((signal) => call('getRescoring', { signal }), keys, {
    everyMs: isRunning.value ? runningMs : restingMs,
  });
  const progress = resource.value.value?.rescoring;
  useSignalEffect(() => {
    isRunning.value = resource.value.value?.rescoring?.status === 'running';
  });
  if (progress == null) return null;
  return (
    <div class="rescoring row">
      <ProgressOf progress={progress} />
      {isAdmin && progress.status !== 'done' && <Steering status={progress.status} reload={reload} />}
    </div>
  );
};
