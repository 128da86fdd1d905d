import type { ReadTurn, Sentence } from './turns.ts';

const LEAD =
  '(?:(?:ah|ay|uy|eh|oh|bueno|pues|ya|ta|a ver|mm+|hm+|well|so|and|er|um|uh|ok|okay|right|listo|ah si|him~*|dale|vale|sale)[,. ]+)*';
const YES_ES =
  '(?:claro|es correcto|esta correcto|hagale|hágale|correcto|exacto|exactamente|asi es|eso es|eso mismo|eso|perfecto|dale|vale|venga|de acuerdo|okey|buenisimo|barbaro|joya|sale|arre|simon|orale|bacan|super|hecho|cabal|tal cual|efectivamente|conforme|listo|ya|de una|por supuesto|ta|va|sin problema|no hay problema|ningun problema|esta bien|muy bien|fenomenal|estupendo|genial|afirmativo|confirmad[oa]|buena|regio|excelente|andele|eso si|asi quedamos|asi queda|quedamos|esta perfecto|impecable|espectacular|de maravilla|correctisimo|asi mero|mero|eso mero|exactito|siii*|sip|sep|seh|yes|queda|quedo|quedan|quedamos|asi es|tomada|tomado|guardao|\\w+ado|\\w+ada|\\w+ao)';
const YES_EN =
  "(?:yes|yep|yup|yeah|yah|yis|ya|aye|ayuh|correct|right|perfect|that'?s it|that'?s right|that'?s the one|that'?s correct|that'?s you|that'?s him~*|that'?s her|that'?s them|that'?s grand|that'?s fine|that'?s perfect|that'?s the|that works|that'?ll do|exactly|sure|deal|done|spot on|bang on|grand|lovely|sounds good|sounds great|works|absolutely|you got it|you have it|you can|she can|he can|they can|she is|he is|they are|it is|it does|it would|it will|i will|we will|all good|all right|alright|bet|cool|great|definitely|certainly|of course|course|no problem|no bother|no worries|nae bother|fine|very good|sound|mint|champion|smashing|brilliant|wonderful|super|righto|right you are|righty|ok|okay|good|10-?4|roger|indeed|confirmed|agreed|go on then|go on so|go ahead|happy days|dead on|savage|you'?re (?:on|grand|set)|affirmative|mm-?hm|uh-?huh|that suits|aye go on|aye grand|that's right|that is right|that is correct|'?tis|it is so|locked in|booked|saved|fixed|kept|reserved|set|please do|they are|it is yeah|done|okay done|yes it is|you're in|she's in|he's in|in the book|yessir|yes sir|surely|too right|cert|och aye|for sure|for definite|a hundred percent|hundred percent)";
const YES = new RegExp(`^${LEAD}(?:${YES_ES}|${YES_EN})(?![a-zñ'])`);
/** `sí`, or a `si` that begins no condition: without the accent it may be an `if`. */
const SI = new RegExp(
  `^${LEAD}si(?=$|[,.!;:]| (?:si|señor|señora|senor|senora|claro|po|pues|hay|tengo|puede|puedo|podemos|dale|gracias|ya|esta bien|esta libre|le queda|se puede|perfecto|correcto|exacto|a las|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)|mañana|manana|hombre|mujer|mi amor|mijo|mija|joven|caballero|dama|don|doña|como no|listo|lo|la|le|las|los)(?![a-zñ]))`,
);
const SI_IF =
  /^[^a-zñ]*(?:ah|pues|bueno|y|ya)?[, ]*si (?:lo|la|le|las|los) (?:\w+ )?(?:llam|pag|trae|mand|confirm|quier|dej|deposit)/;

/** People react so to good news as well, not only to a question. */
const REACTION = new RegExp(
  `^${LEAD}(?:lovely|grand|great|super|brilliant|wonderful|cool|bacan|buenisimo|barbaro|genial|estupendo|excelente|perfecto|perfect|fenomenal|smashing|nice)(?![a-zñ'])`,
);

/** An `ok` that only leads to a goodbye agrees to nothing. */
const ONLY_GOODBYE = new RegExp(
  `^${LEAD}(?:(?:ya|bueno|ok|okay|dale|vale|listo|right|alright|well|so)[,. ]*)*(?:que (?:le|te|les|este|tenga) |chau|chao|adios|hasta (?:luego|pronto|la vista)|nos vemos|gracias|thank|thanks|bye|cheers|ta-?ra|take care|good ?bye|buenas|buen dia|feliz|see ya|a usted|a ti|con gusto|cuidese)`,
);

export const isReaction = (text: string): boolean => REACTION.test(text);

export function isYes({ message }: ReadTurn, { text, at, question }: Sentence): boolean {
  if (question || ONLY_GOODBYE.test(text)) return false;
  if (YES.test(text)) return true;
  const accented = /^[^\p{L}]*(?:\p{L}+[,.]? ){0,2}sí(?!\p{L})/iu.test(message.slice(at));
  return accented || (SI.test(text) && !SI_IF.test(text));
}
