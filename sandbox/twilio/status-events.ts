import type { PhoneCall } from '../call.ts';
import { sipCode } from '../ringing.ts';
import type { World } from '../world.ts';
import type { CallOrder } from './order.ts';
import { callForm, type Form, twilioWebhook } from './webhook.ts';

/** Sends a call's status callbacks in the order of events, or as the scenario disturbs them. */
export class StatusEvents {
  private readonly world: World;
  private readonly call: PhoneCall;
  private readonly order: CallOrder;
  private sequence = 0;
  private queue: Promise<unknown> = Promise.resolve();
  private held: (() => Promise<unknown>)[] = [];

  constructor(world: World, call: PhoneCall, order: CallOrder) {
    this.world = world;
    this.call = call;
    this.order = order;
  }

  /** `initiated`, `ringing`, `answered` or `completed`, at the moment of the event. */
  happened(name: string): void {
    const url = this.order.get('StatusCallback');
    const wanted = this.order.all('StatusCallbackEvent');
    const { callbacks } = this.world.scenario(this.call.to);
    if (url && (wanted.length > 0 ? wanted : ['completed']).includes(name) && callbacks !== 'missing') {
      const form = this.form(name);
      const send = (): Promise<unknown> =>
        twilioWebhook(this.world, {
          kind: 'status',
          call: this.call,
          url,
          method: this.order.get('StatusCallbackMethod'),
          detail: name,
          form,
        });
      if (callbacks === 'reversed') this.held.unshift(send);
      else for (let n = 0; n < (callbacks === 'duplicated' ? 3 : 1); n++) this.queue = this.queue.then(send);
    }
    if (name === 'completed') for (const send of this.held) this.queue = this.queue.then(send);
  }

  private form(name: string): Form {
    const { call } = this;
    const form: Form = [
      ...callForm(this.world, call),
      ['Timestamp', new Date().toUTCString().replace('GMT', '+0000')],
      ['CallbackSource', 'call-progress-events'],
      ['SequenceNumber', String(this.sequence++)],
    ];
    if (name === 'ringing' || name === 'answered') form.push(['StirStatus', 'B']);
    if (name !== 'completed') return form;
    const minutes = Math.ceil(call.seconds / 60);
    return [
      ...form,
      ['CallDuration', String(call.seconds)],
      ['Duration', String(minutes)],
      ['SipResponseCode', sipCode(call)],
    ];
  }
}
