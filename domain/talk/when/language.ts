import type { Language } from './types.ts';

const WORDS: Record<Language, RegExp> = {
  es: /\b(?:el|la|las|los|que|de|del|para|por|con|una?|si|es|esta|le|lo|se|y|al|ya|hay|listo|dale|vale|buenas?|buenos|gracias|hola|tengo|puede|hora|cita|media|cuarto|manana|tarde|noche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|hoy|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|quince|veinte|treinta|enero|febrero|marzo|abril|diciembre)\b/g,
  en: /\b(?:the|to|for|and|is|it|at|on|of|you|we|i|that|he|she|in|with|can|have|yes|yeah|okay|ok|thanks|thank|hello|hi|good|morning|afternoon|half|quarter|past|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|thirty|twenty|forty|clock|pm|am|january|february|march|april|december|noon|week)\b/g,
};

/** The possible languages of a plain text: the one of most of its words, else both. */
export function languagesOf(text: string): readonly Language[] {
  const spanish = text.match(WORDS.es)?.length ?? 0;
  const english = text.match(WORDS.en)?.length ?? 0;
  if (spanish > english) return ['es'];
  return english > spanish ? ['en'] : ['es', 'en'];
}
