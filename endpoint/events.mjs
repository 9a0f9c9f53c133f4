// What happened, kept for clients that ask: the last 10,000 facts, and the events of the service that they mean.

/** How many facts are kept. */
export const KEPT = 10_000;

export class Events {
  /** `{ sequence, fact, events }`, oldest first. */
  #kept = [];
  /** The number before the oldest that is kept. */
  #before;
  #waiting = new Set();
  #stop;

  constructor(simulator) {
    this.#before = simulator.sequence;
    // A fact is heard before the events that it means.
    const stopEvents = simulator.subscribe((event) => this.#kept.at(-1)?.events.push(event), { format: "eventbridge" });
    const stopFacts = simulator.subscribe((fact) => this.#hear(fact));
    this.#stop = () => {
      stopFacts();
      stopEvents();
      this.#wake();
    };
  }

  /** Forgets everything: the world was replaced by another one. */
  begin(sequence) {
    this.#kept = [];
    this.#before = sequence;
    this.#wake();
  }

  #hear(fact) {
    this.#kept.push({ sequence: fact.sequence, fact, events: [] });
    // Cut in large pieces, because each cut moves the rest.
    if (this.#kept.length >= 2 * KEPT) {
      const gone = this.#kept.splice(0, this.#kept.length - KEPT);
      this.#before = gone.at(-1).sequence;
    }
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /**
   * What came after the fact of this number; undefined where some of it is not kept any more. Waits for the first for so
   * many milliseconds.
   */
  async after(sequence, wait, format) {
    const oldest = Math.max(this.#before, (this.#kept.at(-1)?.sequence ?? this.#before) - KEPT);
    if (sequence < oldest) return undefined;
    if (wait > 0 && (this.#kept.at(-1)?.sequence ?? this.#before) <= sequence) {
      await new Promise((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.#waiting.add(() => {
          clearTimeout(timer);
          // The events of the fact are heard in the same turn, after it.
          setImmediate(resolve);
        });
      });
    }
    const first = this.#kept.findIndex((entry) => entry.sequence > sequence);
    const found = first < 0 ? [] : this.#kept.slice(first);
    const next = found.at(-1)?.sequence ?? sequence;
    return format === "eventbridge"
      ? { events: found.flatMap((entry) => entry.events), next }
      : { facts: found.map((entry) => entry.fact), next };
  }

  close() {
    this.#stop();
  }
}
