/** The interval between bursts, in seconds; each lasts one second. */
const everySeconds = 20;
/** The factor on the rate in a burst. Between bursts the rate is lower, so that the mean stays. */
const burst = 5;
const usual = (everySeconds - burst) / (everySeconds - 1);

/** Returns the events a second, `seconds` from the beginning: `rate` on average, with bursts. */
export const computePace = (rate: number, seconds: number): number =>
  rate * (Math.floor(seconds) % everySeconds === everySeconds - 1 ? burst : usual);
