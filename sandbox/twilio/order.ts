import type { Ask } from '../http.ts';

/** Parameters of a Calls request; empty for a call that ElevenLabs placed. */
export class CallOrder {
  private readonly form: URLSearchParams;

  constructor(form = new URLSearchParams()) {
    this.form = form;
  }

  get(name: string): string | undefined {
    return this.form.get(name)?.trim() || undefined;
  }

  all(name: string): string[] {
    return this.form.getAll(name).filter(Boolean);
  }

  seconds(name: string): number | undefined {
    const text = this.get(name);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  }

  get names(): string[] {
    return [...new Set(this.form.keys())];
  }
}

export const formOf = (ask: Ask): CallOrder => new CallOrder(new URLSearchParams(ask.body.toString('utf8')));
