import { MultiBar, Presets } from 'cli-progress';

export interface Progress {
  readonly update: (value: number) => void;
  readonly stop: () => void;
}

const silent: Progress = { update: () => {}, stop: () => {} };

/** Shows a progress bar on standard error if that is a terminal, so that pipes and logs stay clean. */
export const progressBar = (
  label: string,
  total: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress => {
  if (!stream.isTTY || total <= 0) return silent;
  const bars = new MultiBar(
    {
      stream,
      format: `${label} {bar} {percentage} % · {value} of {total} · {duration_formatted}`,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const bar = bars.create(total, 0);
  return {
    update: (value) => bar.update(Math.min(total, value)),
    stop: () => bars.stop(),
  };
};
