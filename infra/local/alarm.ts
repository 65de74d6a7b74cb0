/** A sleep that can be cut short. Rung while nobody sleeps, it ends the next sleep at once. */
export class Alarm {
  #wake: (() => void) | undefined;
  #rung = false;

  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#wake?.(), this.#rung ? 0 : ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = undefined;
        this.#rung = false;
        resolve();
      };
    });
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }
}
