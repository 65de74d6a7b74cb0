/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html: five at once, and 300 more each minute. */
const first = 5;
const moreASecond = 300 / 60;

/** Batches that Lambda works on at once, so many seconds after it began to find more than that. */
export const pollersAt = (seconds: number, concurrency: number): number =>
  Math.min(concurrency, first + Math.max(0, Math.floor(seconds * moreASecond)));
