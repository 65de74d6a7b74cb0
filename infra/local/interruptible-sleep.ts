/** A sleep that can be cut short. An interruption while nobody sleeps ends the next sleep at once. */
export class InterruptibleSleep {
  #wake: (() => void) | undefined;
  #interrupted = false;

  for(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), this.#interrupted ? 0 : ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#interrupted = false;
        resolve();
      };
    });
  }

  interrupt(): void {
    this.#interrupted = true;
    this.#wake?.();
  }
}
