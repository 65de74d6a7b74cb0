import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Returns a reference to an element, and its width in pixels; undefined until it is known. */
export const useWidth = <E extends Element>(): readonly [RefObject<E | null>, number | undefined] => {
  const element = useRef<E>(null);
  const [width, setWidth] = useState<number>();
  useEffect(() => {
    const shown = element.current;
    if (shown === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      const next = Math.floor(entry?.contentRect.width ?? 0);
      if (next > 0) setWidth(next);
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, []);
  return [element, width];
};
