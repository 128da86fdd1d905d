import type { Child } from './child.ts';

/** One of the two things that are compared. */
export interface Subject {
  name: 'product' | 'bare';
  child: Child;
  /** Runs one to its proven end; milliseconds from its start to the provider (or the activity) seeing it. Throws when it ends otherwise. */
  one(): Promise<number>;
}

/** Hands the moment at which something was seen to whoever waits for it. */
export class Sightings {
  private readonly waiting = new Map<string, (at: number) => void>();
  private readonly early = new Map<string, number>();

  see(id: string, at: number): void {
    const resolve = this.waiting.get(id);
    this.waiting.delete(id);
    if (resolve) resolve(at);
    else this.early.set(id, at);
  }

  of(id: string): Promise<number> {
    const at = this.early.get(id);
    this.early.delete(id);
    return at === undefined ? new Promise((resolve) => this.waiting.set(id, resolve)) : Promise.resolve(at);
  }
}
