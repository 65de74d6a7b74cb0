import { texts } from '../../../texts/texts.ts';
import { ComparisonView } from '../judging/comparison-view.tsx';
import type { DraftComparison } from './use-judgement.ts';

interface DraftEffectProps {
  readonly comparison: DraftComparison;
  readonly activeVersion: string;
}

const stateWords = ({ state }: DraftComparison): string => {
  const t = texts.value.model.comparison;
  switch (state) {
    case 'loading':
      return t.loading;
    case 'waiting':
      return t.waiting;
    case 'impossible':
      return t.impossible;
    case 'failed':
      return t.failed;
    case 'ready':
      return '';
    default:
      return state satisfies never;
  }
};

/** Shows what the draft would change for leads, live. */
export const DraftEffect = ({ comparison, activeVersion }: DraftEffectProps) => {
  const t = texts.value.model.comparison;
  const isOld = comparison.state !== 'ready';
  return (
    <aside class="card effect" aria-labelledby="effect" aria-busy={comparison.state === 'waiting'}>
      <h2 id="effect">{t.title}</h2>
      <p class="muted">{t.against(activeVersion)}</p>
      <p role="status" class="effect-state">
        {stateWords(comparison)}
      </p>
      {comparison.comparison !== undefined && (
        <div class={isOld ? 'old' : ''}>
          <ComparisonView comparison={comparison.comparison} />
        </div>
      )}
    </aside>
  );
};
