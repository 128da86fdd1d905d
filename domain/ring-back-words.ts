import type { BookingOrder } from './order.ts';
import { plain, type Spoken, spoken } from './prompts.ts';

const OPENING: Record<Spoken, (user: string, service: string) => string> = {
  es: (user, service) =>
    `Hola, soy un asistente virtual con inteligencia artificial. Los había llamado de parte de ${user} para pedir un turno: ${service}. Esta llamada puede ser grabada. ¿Me podría ayudar?`,
  en: (user, service) =>
    `Hello, I am an AI assistant. I had called you on behalf of ${user} to book an appointment: ${service}. This call may be recorded. Could you help me?`,
};

/** The first message to a business that calls us: an AI assistant speaks, for whom and why it had called, and the call may be recorded. */
export const ringBackMessage = ({ language, request }: BookingOrder): string =>
  OPENING[spoken(language)](plain(request.user_name), plain(request.service_type));
