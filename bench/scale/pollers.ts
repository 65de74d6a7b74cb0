/**
 * The pollers of a queue at first, and their growth:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html (five at once, and 300 more each minute).
 */
const first = 5;
const moreASecond = 300 / 60;

/**
 * Returns the number of batches that Lambda processes concurrently, a number of seconds after the load exceeded the
 * first pollers.
 */
export const computePollers = (seconds: number, concurrency: number): number =>
  Math.min(concurrency, first + Math.max(0, Math.floor(seconds * moreASecond)));
