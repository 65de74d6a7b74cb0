import type { Locator } from 'playwright-core';

/** Returns the texts that are cut off, and that no title has whole. @param within the elements that are looked at */
export const findCutTexts = (within: Locator): Promise<string[]> =>
  within.evaluateAll((elements) =>
    elements
      .flatMap((element) => [element, ...element.querySelectorAll('*')])
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
      .filter((element) => element.closest('[title]') === null && element.querySelector('[title]') === null)
      .map(({ textContent }) => textContent ?? ''),
  );
