import type { CalibrationReport } from '../../shared/calibration/index.ts';
import type { DataSet, MeasuredLane } from '../../shared/outcomes/index.ts';

/** Everything that a calibration did and found, as it is written to the report file. */
export interface ReportFile {
  /** The settings, as they were given or by default. */
  readonly settings: {
    readonly outcome: string;
    readonly within: string;
    readonly cut: string;
    readonly seed: number;
    readonly base?: string;
  };
  readonly data: {
    readonly leads: number;
    readonly used: number;
    readonly successes: number;
    readonly leftOut: DataSet['leftOut'];
    readonly outcomes: DataSet['outcomes'];
    readonly saidLater: DataSet['saidLater'];
    /** The end of the data, ISO 8601. */
    readonly end?: string;
  };
  /** The lanes of the model in use, with what was measured of their customers. */
  readonly lanes: readonly MeasuredLane[];
  /** Figures of lanes that rules read, that are made up, and that nothing was measured of. */
  readonly exampleFigures: readonly string[];
  /** `<id>@<version>` of the model that was made; left out if none was. */
  readonly model?: string;
  readonly calibration: CalibrationReport;
}

type Data = ReportFile['data'];

/** The most fields that are listed as said too late. */
const mostFields = 100;

export const summariseData = ({
  rows,
  successes,
  leads,
  leftOut,
  outcomes,
  saidLater,
  end,
}: DataSet): Data => ({
  leads,
  used: rows.length,
  successes,
  leftOut,
  outcomes,
  saidLater: saidLater.slice(0, mostFields),
  ...(end !== undefined && { end: new Date(end).toISOString() }),
});
