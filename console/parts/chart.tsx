import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { texts } from '../texts/texts.ts';
import { Scroll } from './scroll.tsx';

interface ChartProps {
  /** A sentence that says what the picture shows. */
  readonly title: string;
  /** Width and height in units of the picture. */
  readonly size: readonly [number, number];
  /** The content of the `<svg>`. */
  readonly children: ComponentChildren;
  /** The same data as a `<table>`. */
  readonly table: ComponentChildren;
}

/** Shows a picture of data with its table. */
export const Chart = ({ title, size: [width, height], children, table }: ChartProps) => {
  const id = useId();
  return (
    <figure class="chart">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
        <title id={id}>{title}</title>
        {children}
      </svg>
      <details>
        <summary>{texts.value.parts.showTable}</summary>
        <Scroll label={title}>{table}</Scroll>
      </details>
    </figure>
  );
};
