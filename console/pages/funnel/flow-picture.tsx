import type { Tier } from '../../../events/index.ts';
import { Chart } from '../../parts/chart.tsx';
import { formatNumber } from '../../parts/numbers.ts';
import { texts } from '../../texts/texts.ts';
import { type Band, type Bar, type FlowPicture, layOutFlows } from './flow-layout.ts';
import { FlowTable } from './flow-table.tsx';
import { countByStage, type Flow } from './flows.ts';
import { nameOfPlace, sayFlow } from './say-flow.ts';
import { useWidth } from './use-width.ts';

/** The marks of tiers. None has none: its dash would make a figure look negative. */
const marks: ReadonlyMap<Tier, string> = new Map<Tier, string>([
  ['excellent', '▲'],
  ['good', '●'],
  ['risky', '▽'],
]);

const BandView = ({ flow, path, breadth }: Band) => (
  <path class={`funnel-band funnel-band-${flow.tier}`} d={path} stroke-width={breadth}>
    <title>{sayFlow(flow)}</title>
  </path>
);

/** Returns the label of a band, as much of it as has a place: its tier by name, by mark, or none. */
const labelOf = ({ flow: { tier, count }, breadth }: Band, isUpright: boolean): string | undefined => {
  const [least, leastForName] = isUpright ? [34, 92] : [13, 13];
  if (breadth < least) return undefined;
  const name = breadth < leastForName ? marks.get(tier) : texts.value.words.tiers[tier];
  return [formatNumber(count), name].filter(Boolean).join(' ');
};

const BandLabel = ({ band, isUpright }: { readonly band: Band; readonly isUpright: boolean }) => {
  const said = labelOf(band, isUpright);
  if (said === undefined) return null;
  return (
    <text
      class="funnel-band-label"
      x={band.label[0]}
      y={band.label[1]}
      text-anchor={isUpright ? 'middle' : 'start'}
    >
      {said}
    </text>
  );
};

/** Splits a name that is too long for its column into two lines. */
const splitName = (name: string): readonly string[] => {
  const blank = name.lastIndexOf(' ');
  return name.length > 14 && blank > 0 ? [name.slice(0, blank), name.slice(blank + 1)] : [name];
};

interface StageLabelProps {
  readonly bar: Bar;
  readonly isUpright: boolean;
  readonly came: number;
}

const StageLabel = ({ bar, isUpright, came }: StageLabelProps) => {
  const name = nameOfPlace(bar.stage ?? 'new');
  const t = texts.value.funnel;
  const leads = bar.kind === 'new' ? formatNumber(bar.leads) : t.cameHere(formatNumber(came));
  if (isUpright) {
    return (
      <text x={bar.x} y={bar.y - 7}>
        <tspan class="funnel-stage">{name}</tspan> {leads}
      </text>
    );
  }
  const lines = splitName(name);
  return (
    <text x={bar.x} y={bar.y - 10 - 15 * lines.length}>
      {lines.map((line) => (
        <tspan key={line} class="funnel-stage" x={bar.x} dy={line === lines[0] ? 0 : 15}>
          {line}
        </tspan>
      ))}
      <tspan x={bar.x} dy={15}>
        {leads}
      </tspan>
    </text>
  );
};

const SinkLabel = ({ bar, picture }: { readonly bar: Bar; readonly picture: FlowPicture }) => {
  const t = texts.value.funnel;
  const count = formatNumber(bar.leads);
  const said = bar.kind === 'back' ? t.wentBack(count) : t.leftFunnel(count);
  if (!picture.isUpright) {
    return (
      <text class="funnel-sink-label" x={bar.x + bar.width + 5} y={bar.y + bar.height / 2 + 4}>
        {said}
      </text>
    );
  }
  // Those who left are a line below those who went back, since both may be narrow.
  const y = bar.y + bar.height + (bar.kind === 'back' ? 14 : 28);
  return (
    <text class="funnel-sink-label" x={Math.min(bar.x, picture.width - 100)} y={y}>
      {said}
    </text>
  );
};

interface BarProps {
  readonly bar: Bar;
  readonly picture: FlowPicture;
  readonly came: number;
}

const BarView = ({ bar, picture, came }: BarProps) => (
  <g>
    <rect
      class={`funnel-bar funnel-bar-${bar.kind}`}
      x={bar.x}
      y={bar.y}
      width={bar.width}
      height={bar.height}
      rx="2"
    />
    {bar.kind === 'back' || bar.kind === 'out' ? (
      <SinkLabel bar={bar} picture={picture} />
    ) : (
      <StageLabel bar={bar} isUpright={picture.isUpright} came={came} />
    )}
  </g>
);

const Drawn = ({ flows, width }: { readonly flows: readonly Flow[]; readonly width: number }) => {
  const picture = layOutFlows(flows, width);
  const came = new Map(countByStage(flows).map((moves) => [moves.stage, moves.came]));
  return (
    <Chart
      title={texts.value.funnel.pictureTitle}
      size={[picture.width, picture.height]}
      table={<FlowTable flows={flows} />}
    >
      {picture.bands.map((band) => (
        <BandView key={band.path + band.flow.tier} {...band} />
      ))}
      {picture.bars.map((bar) => (
        <BarView key={bar.id} bar={bar} picture={picture} came={(bar.stage && came.get(bar.stage)) ?? 0} />
      ))}
      {picture.bands.map((band) => (
        <BandLabel key={band.path + band.flow.tier} band={band} isUpright={picture.isUpright} />
      ))}
    </Chart>
  );
};

/** Shows flows as a picture that fits the width at hand. */
export const FlowPictureView = ({ flows }: { readonly flows: readonly Flow[] }) => {
  const [element, width] = useWidth<HTMLDivElement>();
  return (
    <div ref={element} class="funnel-picture">
      {width !== undefined && <Drawn flows={flows} width={width} />}
    </div>
  );
};
