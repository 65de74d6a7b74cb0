import { call } from '../../../api/call.ts';
import { useResource } from '../../../api/use-resource.ts';
import { Loading, Problem } from '../../../parts/states.tsx';
import { texts } from '../../../texts/texts.ts';
import { MovedSentence } from './comparison-view.tsx';
import { compareModels } from './judge.ts';

interface WouldMoveProps {
  /** The versions of the model that is active and of the one that would be. */
  readonly before: string;
  readonly after: string;
}

const loadText = async (version: string, signal: AbortSignal): Promise<string> =>
  JSON.stringify((await call('getModel', { path: { version }, signal })).document);

/** Says how many leads would move if another model became active, before somebody activates it. */
export const WouldMove = ({ before, after }: WouldMoveProps) => {
  const compared = useResource(
    async (signal) => {
      const [a, b] = await Promise.all([loadText(before, signal), loadText(after, signal)]);
      return { comparison: await compareModels({ before: a, after: b }, signal) };
    },
    [before, after],
  );
  const { value, error } = compared.resource.value;
  if (error !== undefined) return <Problem error={error} retry={compared.reload} />;
  if (value === undefined) return <Loading />;
  return value.comparison === undefined ? (
    <p class="muted">{texts.value.model.comparison.impossible}</p>
  ) : (
    <MovedSentence comparison={value.comparison} />
  );
};
