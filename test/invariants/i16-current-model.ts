import { modelPointerKey } from '../../shared/keys/index.ts';
import type { Evidence, History, Invariant } from './evidence.ts';
import { textOf } from './reading.ts';

/** Two refresh periods, of a minute each. */
const settlingMs = 2 * 60_000;

/** A stretch of time in which a model was active, in milliseconds since 1970. */
interface Reign {
  readonly model: string;
  readonly from: number;
  to: number;
}

/** Returns which model was active when, by the writes of the pointer. */
const listReigns = ({ writes }: History): readonly Reign[] => {
  const reigns: Reign[] = [];
  for (const { key, after, at } of writes) {
    if (key.pk !== modelPointerKey.pk) continue;
    const model = textOf(after, 'active');
    const last = reigns.at(-1);
    if (model === '' || last?.model === model) continue;
    if (last !== undefined) last.to = at;
    reigns.push({ model, from: at, to: Number.POSITIVE_INFINITY });
  }
  return reigns;
};

/** Finds leads that were judged by a model that wasn't active, nor had been so until two refresh periods before. */
const findOutdated = (history: History): string[] => {
  const reigns = listReigns(history);
  return history.writes.flatMap(({ key, before, after, at }) => {
    if (!key.sk.startsWith('EVENT#') || before !== undefined || after?.standing === undefined) return [];
    const { modelVersion } = JSON.parse(textOf(after, 'standing')) as { modelVersion: string };
    const isCurrent = reigns.some(
      ({ model, from, to }) => model === modelVersion && from <= at && at <= to + settlingMs,
    );
    return isCurrent
      ? []
      : [`${key.pk} ${key.sk} was judged by ${modelVersion} at ${new Date(at).toISOString()}`];
  });
};

/** Finds announcements of an activation that don't follow the pointer one by one. */
const findWronglyAnnounced = ({ announced, history }: Evidence): string[] => {
  if (history === undefined) return [];
  const activated = new Map(
    announced
      .filter((one) => one['detail-type'] === 'ScoringModelActivated')
      .map(({ detail }) => [
        detail.metadata.eventId,
        (detail.data as { readonly modelVersion: string }).modelVersion,
      ]),
  );
  const expected = listActivations(history);
  const found = [...activated.values()].toSorted();
  return found.join() === expected.toSorted().join()
    ? []
    : [`announced was the activation of ${found.join(', ')}; activated were ${expected.join(', ')}`];
};

/** Returns the models that were activated, once for each activation. */
const listActivations = ({ writes }: History): readonly string[] => {
  const byRevision = new Map(
    writes
      .filter(({ key, after }) => key.pk === modelPointerKey.pk && after?.activeRevision !== undefined)
      .map(({ after }) => [after?.activeRevision?.N, textOf(after, 'active')]),
  );
  return [...byRevision.values()];
};

export const currentModel: Invariant = {
  id: 'I16',
  rule: 'two refresh periods after a model is activated no lead is judged by the one before it; each activation is announced once',
  check: findWronglyAnnounced,
  checkHistory: findOutdated,
};
