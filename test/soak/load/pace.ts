/** A burst comes each so many seconds, and lasts one. */
const everySeconds = 20;
/** In a burst, so many times the rate; else what is left of it. */
const burst = 5;
const usual = (everySeconds - burst) / (everySeconds - 1);

/** Events a second, `seconds` from the beginning: on the whole `rate`, and not evenly so. */
export const paceAt = (rate: number, seconds: number): number =>
  rate * (Math.floor(seconds) % everySeconds === everySeconds - 1 ? burst : usual);
