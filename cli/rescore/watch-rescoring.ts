import type { RescoringProgress } from '../../shared/rescoring/index.ts';
import type { Wait } from '../../shared/retry/index.ts';
import { type Progress, progressBar } from '../output/progress.ts';

/** The time between two looks, in milliseconds. */
const lookMs = 2_000;

export interface WatchProps {
  readonly read: () => Promise<RescoringProgress>;
  readonly wait: Wait;
  /** @default a bar on standard error, if that is a terminal */
  readonly createBar?: (label: string, total: number) => Progress;
}

/** Shows a bar for each pass of a rescoring, until it is done or paused. Returns how it stands then. */
export const watchRescoring = async ({
  read,
  wait,
  createBar = progressBar,
}: WatchProps): Promise<RescoringProgress> => {
  let bar: Progress | undefined;
  let shown: string | undefined;
  try {
    for (;;) {
      const progress = await read();
      const { job, leads, leadsRead } = progress;
      const label = `${job.modelVersion}, pass ${job.pass}`;
      if (label !== shown) {
        bar?.stop();
        bar = createBar(label, leads);
        shown = label;
      }
      bar?.update(leadsRead);
      if (job.status !== 'running') return progress;
      await wait(lookMs);
    }
  } finally {
    bar?.stop();
  }
};
