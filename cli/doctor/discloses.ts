/** Each of these in the first message says that no person calls; the short forms count only in this spelling. */
const SAYS_IT_IS_AI = [
  /inteligencia artificial|artificial intelligence|inteligência artificial|intelligence artificielle|künstliche intelligenz/i,
  /asistente virtual|virtual assistant|assistente virtual|assistant virtuel/i,
  /(?<![\p{L}\p{N}-])(AI|A\.I\.|IA|KI)(?![\p{L}\p{N}-])/u,
];
const DENIES_IT =
  /\b(not|no soy|isn['’]t|non|pas|kein\w*|não) (an?|una?|uma|une)? ?(AI|IA|KI|inteligencia|intelligence|asistente|virtual)/i;
/** The languages with phrases above. */
export const JUDGED = /^(es|en|pt|fr|de)\b/;

/** Whether a listener knows from these words that no person calls. */
export const discloses = (words: string): boolean =>
  !DENIES_IT.test(words) && SAYS_IT_IS_AI.some((phrase) => phrase.test(words));
