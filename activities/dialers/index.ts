import type { PhoneChannel } from '../../domain/channels.ts';
import { bridge } from './bridge.ts';
import type { Dialer } from './dialer.ts';
import { native } from './native.ts';
import { registered } from './registered.ts';

export const DIALERS: Record<PhoneChannel, Dialer> = { native, registered, bridge };
