/** A message of a stream of Server-Sent Events. */
export interface Message {
  /** Of the last message that had one. */
  id: string;
  event: string;
  data: string;
}

/** Reads messages as they arrive. */
export class MessageReader {
  #unread = '';
  #id = '';
  #event = '';
  #data: string[] = [];

  /** The messages that this text completes. */
  take(text: string): Message[] {
    const lines = (this.#unread + text).split(/\r\n|\n|\r(?!$)/);
    this.#unread = lines.pop() ?? '';
    return lines.flatMap((line) => this.#line(line) ?? []);
  }

  #line(line: string): Message | undefined {
    if (line === '') {
      const message = { id: this.#id, event: this.#event || 'message', data: this.#data.join('\n') };
      const isMessage = this.#data.length > 0;
      this.#event = '';
      this.#data = [];
      return isMessage ? message : undefined;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
    return undefined;
  }
}
