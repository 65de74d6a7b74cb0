import type { ApiError } from '../../api/api-error.ts';
import { hrefOfLead } from '../../app/route.ts';
import { GivenAllowed } from '../../parts/authored.tsx';
import { Problem } from '../../parts/states.tsx';
import { texts } from '../../texts/texts.ts';
import { canForce, type ReplayState, readReplayProblems } from './replay.ts';

interface ResultProps {
  readonly state: ReplayState;
  /** Whether the problems are shown at their places in the text. */
  readonly isLocated: boolean;
  readonly onForce: () => void;
}

interface RefusalProps extends Pick<ResultProps, 'isLocated' | 'onForce'> {
  readonly error: ApiError;
}

const Refusal = ({ error, isLocated, onForce }: RefusalProps) => {
  const t = texts.value.health.event;
  const problems = readReplayProblems(error);
  if (problems.length === 0) return <Problem error={error} />;
  const { kind } = error.failure;
  return (
    <div class="notice" role="alert">
      <p>
        {!canForce(error) && texts.value.parts.failures[kind]} {isLocated ? t.refused : t.refusedFor}
      </p>
      {!isLocated && (
        <ul>
          {problems.map((problem) => (
            <li key={problem.path}>
              <GivenAllowed problem={problem} />
            </li>
          ))}
        </ul>
      )}
      {canForce(error) && (
        <p class="row">
          <button type="button" class="danger" onClick={onForce}>
            {t.force}
          </button>
          <span>{t.forceHint}</span>
        </p>
      )}
    </div>
  );
};

/** Says what a replay did, or would do. */
export const ReplayResult = ({ state: { answer, error, leadId }, isLocated, onForce }: ResultProps) => {
  const t = texts.value.health.event;
  if (error !== undefined) return <Refusal error={error} isLocated={isLocated} onForce={onForce} />;
  if (answer === undefined) return null;
  const { outcome, changed } = answer;
  return (
    <div class="done" role="status">
      <p>
        <span aria-hidden="true">✓</span> {t.outcomes[outcome]}{' '}
        {outcome !== 'would-be-replayed' && leadId !== undefined && (
          <a href={hrefOfLead(leadId)}>{t.toLead}</a>
        )}
      </p>
      {changed.length > 0 && (
        <>
          <p>{t.changedHint}</p>
          <ul>
            {changed.map(({ field, from, to }) => (
              <li key={field}>
                <bdi>{t.changed(field, from, to ?? t.noId)}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};
