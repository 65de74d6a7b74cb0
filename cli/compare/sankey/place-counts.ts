import { type FlowLink, frame, nodeWidth } from './layout.ts';

/** The middle of a text in the picture, in pixels. */
export interface TextPoint {
  readonly x: number;
  readonly y: number;
}

/** The room that a number takes, in pixels. */
const roomOf = (text: string): { readonly width: number; readonly height: number } => ({
  width: 8 * text.length + 6,
  height: 15,
});

/** The shares of the way at which a number may stand, in the order in which they are tried. */
const shares = [0.5, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88];

/** Returns the point of a flow at a share of its way: it is a cubic curve with both controls halfway. */
const findPoint = ({ y0 = 0, y1 = 0 }: FlowLink, share: number): TextPoint => {
  const [begin, end] = [frame.left + nodeWidth, frame.right - nodeWidth];
  const middle = (begin + end) / 2;
  const rest = 1 - share;
  const [early, late] = [3 * rest ** 2 * share, 3 * rest * share ** 2];
  return {
    x: rest ** 3 * begin + (early + late) * middle + share ** 3 * end,
    y: (rest ** 3 + early) * y0 + (late + share ** 3) * y1,
  };
};

interface Placed extends TextPoint {
  readonly width: number;
  readonly height: number;
}

const overlap = (a: Placed, b: Placed): boolean =>
  Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

/**
 * Places the numbers of flows, in the order given, so that none covers another. One that finds no place is undefined; the
 * description of the picture has it all the same.
 */
export const placeCounts = (
  flows: readonly { readonly link: FlowLink; readonly text: string }[],
): (TextPoint | undefined)[] => {
  const placed: Placed[] = [];
  return flows.map(({ link, text }) => {
    const room = roomOf(text);
    const found = shares
      .map((share): Placed => ({ ...findPoint(link, share), ...room }))
      .find((candidate) => !placed.some((other) => overlap(candidate, other)));
    if (found !== undefined) placed.push(found);
    return found;
  });
};
