import type { Page } from 'playwright-core';

/** The elements that a keyboard should reach, and those that it reached. */
export interface Walk {
  /** The elements that Tab never came to. */
  readonly unreached: readonly string[];
  /** The elements that show no sign that they have the focus. */
  readonly unseen: readonly string[];
  readonly reached: number;
}

const interactive =
  'a[href], button:enabled, input:enabled:not([type=hidden]), select:enabled, textarea:enabled, summary, [tabindex="0"]';

/** Runs in the page: remembers every element that gets the focus, and whether it shows it. */
const startScript = `(() => {
  const hasRing = (element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  // An editor has its ring around the field that has the focus.
  const shown = (element) => [element, ...['.json-editor', '.cm-editor', 'label'].map((each) => element.closest(each))]
    .some((each) => each !== null && hasRing(each));
  const focused = new Map();
  // Rows that a list draws when it is scrolled are reached after those that are there now.
  globalThis.walk = { focused, shown, present: new Set(document.querySelectorAll(${JSON.stringify(interactive)})) };
  // Tab goes on from where the focus was last, which is the heading of a page that was gone to.
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  addEventListener('focusin', ({ target }) => focused.set(target, false));
})()`;

/** Runs in the page: looks at the element that has the focus now, once its style has changed. Tells if it is the first again. */
const lookScript = `new Promise((done) => requestAnimationFrame(() => {
  const { focused, shown } = globalThis.walk;
  const element = document.activeElement;
  if (element && element !== document.body) focused.set(element, shown(element));
  done(focused.size > 1 && element === focused.keys().next().value);
}))`;

/** Runs in the page: compares what was reached with what is there. One radio button stands for its group. */
const endScript = `((selector) => {
  const { focused, present } = globalThis.walk;
  const name = (element) => element.outerHTML.slice(0, 160).replaceAll(/\\s+/g, ' ');
  const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert]') === null;
  const groupOf = (element) => element.type === 'radio' ? element.name : undefined;
  const groups = new Set([...focused.keys()].map(groupOf).filter((group) => group !== undefined));
  const expected = [...document.querySelectorAll(selector)].filter(
    (element) => present.has(element) && isThere(element) && element.tabIndex >= 0 && !groups.has(groupOf(element)),
  );
  return {
    unreached: expected.filter((element) => !focused.has(element)).map(name),
    unseen: [...focused].filter(([element, isShown]) => element.isConnected && !isShown).map(([element]) => name(element)),
    reached: focused.size,
  };
})(${JSON.stringify(interactive)})`;

/** Presses Tab from the beginning of a page until it is there again. */
export const walkByTab = async (page: Page): Promise<Walk> => {
  await page.evaluate(startScript);
  // A date has several stops, and a list may grow meanwhile.
  const most = 2 * (await page.locator(interactive).count()) + 30;
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(lookScript)) break;
  }
  return (await page.evaluate(endScript)) as Walk;
};
