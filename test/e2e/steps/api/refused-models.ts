import { checkReply } from '../../api/api-client.ts';
import { stepFailed } from '../../errors.ts';
import type { Step } from '../../step.ts';
import { type Door, skipAt } from './door.ts';

const reason = 'a run from end to end';

/** A version that nobody publishes. */
const unpublished = 'nobody@1';

/** Reads what there is of models and the rescoring, and asks for changes of them that are refused. */
export const refusedModels = (door: Door): Step => ({
  name: `${door.name} read about models, and change none that they may not`,
  ...skipAt(door),
  run: async ({ api, target }) => {
    const version = target.output('ModelVersion');
    await api.expect('200', door.viewer, 'getModel', { path: { version } });
    await api.expect('404 not-found', door.viewer, 'getModel', { path: { version: unpublished } });
    const diff = { path: { version, other: version } };
    await api.expect('200', door.viewer, 'diffModels', diff);
    const { entries } = (await api.expect('200', door.viewer, 'listModelHistory')).body;
    const { rescoring } = (await api.expect('200', door.viewer, 'getRescoring')).body;
    await api.expect('400 invalid-request', door.admin, 'publishModel', { body: { document: {}, reason } });
    const named = { path: { version: unpublished }, body: { reason } };
    await api.expect('404 not-found', door.admin, 'activateModel', named);
    await api.expect('404 not-found', door.admin, 'shadowModel', named);
    await api.expect('400 invalid-request', door.admin, 'endShadow');
    const other = { body: { reason, expect: unpublished } };
    await api.expect('409 conflict', door.admin, 'rollBackModel', other);
    for (const operation of ['pauseRescoring', 'resumeRescoring'] as const) {
      // A deployment of others may have had a rescoring.
      const wanted = rescoring?.status === 'done' || rescoring === null ? '409 conflict' : '200';
      checkReply(wanted, operation, await api.call(door.admin, operation));
    }
    const after = (await api.expect('200', door.viewer, 'listModelHistory')).body.entries.length;
    if (after !== entries.length) throw stepFailed(`${after - entries.length} changes, and all were refused`);
    return { saw: `${entries.length} entries in the history of models, and no further one` };
  },
});
