import type { TableProps } from '../../shared/dynamodb/index.ts';
import type { RescoringJob } from '../../shared/model-store/index.ts';
import {
  pauseRescoring,
  type RescoringProgress,
  readRescoring,
  resumeRescoring,
} from '../../shared/rescoring/index.ts';

/** Shows and steers the current rescoring. */
export interface RescoringAdmin {
  /** Reads how far it is; undefined if there never was one. */
  read(): Promise<RescoringProgress | undefined>;
  /** @throws RescoringError */
  pause(): Promise<RescoringJob>;
  /** @throws RescoringError */
  resume(): Promise<RescoringJob>;
}

export interface RescoringAdminProps extends TableProps {
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export const createRescoringAdmin = (props: RescoringAdminProps): RescoringAdmin => ({
  read: () => readRescoring(props, props.now()),
  pause: () => pauseRescoring(props),
  resume: () => resumeRescoring(props),
});
