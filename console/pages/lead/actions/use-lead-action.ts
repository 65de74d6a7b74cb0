import { type ReadonlySignal, useSignal } from '@preact/signals';
import { ApiError } from '../../../api/api-error.ts';
import { showToast } from '../../../parts/toasts.tsx';
import { texts } from '../../../texts/texts.ts';
import type { LeadAnswer } from '../types.ts';
import { waitForVersion } from './wait-for-version.ts';

export interface LeadAction {
  /** The step that is under way. */
  readonly progress: ReadonlySignal<'sending' | 'waiting' | undefined>;
  /** The failure of the last request. */
  readonly error: ReadonlySignal<ApiError | undefined>;
  /** Sends a request. @returns whether it was taken in */
  readonly send: (request: () => Promise<unknown>) => Promise<boolean>;
  /** Waits until a request that was sent already is recorded. */
  readonly follow: () => Promise<void>;
  readonly forget: () => void;
}

/** Sends requests about a lead, and follows each until it is recorded. @param onChanged is called when it is */
export const useLeadAction = (
  { leadId, version }: Pick<LeadAnswer, 'leadId' | 'version'>,
  onChanged: () => void,
): LeadAction => {
  const progress = useSignal<'sending' | 'waiting' | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  const follow = async (): Promise<void> => {
    progress.value = 'waiting';
    const t = texts.value.lead.actions;
    const isRecorded = await waitForVersion(leadId, version).catch(() => false);
    progress.value = undefined;
    showToast({ text: isRecorded ? t.done : t.takesLonger });
    onChanged();
  };
  return {
    progress,
    error,
    follow,
    forget: () => {
      error.value = undefined;
    },
    send: async (request) => {
      progress.value = 'sending';
      error.value = undefined;
      try {
        await request();
      } catch (failure) {
        progress.value = undefined;
        if (!(failure instanceof ApiError)) throw failure;
        error.value = failure;
        return false;
      }
      void follow();
      return true;
    },
  };
};
