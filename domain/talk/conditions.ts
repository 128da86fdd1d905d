/** A clause that makes one thing depend on another. Offsets into the text. */
export interface Condition {
  at: number;
  end: number;
}

/**
 * Conditions about side matters, which do not affect the appointment: somebody is late, gets lost, is in pain, wants more, brings somebody;
 * the weather changes.
 */
const BY_THE_WAY_ES =
  '(?:no )?(?:se |me |te |le |les |lo |la |ya )*(?:atras\\w*|demor\\w*|retras\\w*|tard\\w*|llega\\w* (?:tarde|temprano|antes|un poco|con|mas|luego|justo)|adelant\\w*|pierd\\w*|perd\\w*|duel\\w*|dol\\w*|incom\\w*|molest\\w*|sient\\w*|quier\\w*|quis\\w*|prefier\\w*|gust\\w*|puede (?:venir|llegar|traer|ir|llegue)|pued[ea] que|va\\w* (?:a )?(?:venir|llegar|con)|vien\\w*|ven\\w*|trae\\w*|trai\\w*|lleva\\w*|tien\\w* (?:alguna?|duda\\w*|pregunta\\w*|fiebre|tos|alergia\\w*|estudios?|radiograf\\w+|analisis|los? |las? )|necesit\\w*|hac\\w* (?:falta|frio|calor)|llueve|lluev\\w*|hay (?:que|alguna|trafico|taco|lluvia|dudas?|problema|fila)|toc[ao]|anda|est[ae]n?|encuentr\\w*|ve|fuma\\w*|usa\\w*|toma\\w*|come|sobra\\w*|sale bien|va bien|va mal|empeor\\w*|da (?:fiebre|calentura|miedo|tiempo)|le da|moja\\w*|cambi\\w* de (?:opinion|idea)|cancel\\w* (?:avis|con)|surge|pasa algo|algo|acaso|fuera|gusta|no le (?:importa|molesta)|alcanza|los|las|el|la|ella|es|son|lo deja|la deja|los deja|se les|sabe|termina\\w*|acab\\w*|aparc\\w*|estacion\\w*|maneja\\w*|conduce\\w*|va en|viaja\\w*|entra por|toca timbre|no contesta)';
const BY_THE_WAY_EN =
  "(?:he|she|they|you|it|the|that|there|ye|his|her|him~*|anyone|anything|any|all|we|i|one of|the traffic|the weather|the wee|the kids|the dog)?(?:'?s|'?re|'?m| is| are| am| was)? ?(?:a bit |running |gonna be |going to be |still |already |not |n't )*(?:late|early|behind|lost|stuck|sick|sore|nervous|worse|hungry|cold|wet|raining|rains?|snow\\w*|wants?|would like|likes?|prefers?|rather|needs?|fancies|brings?|bringing|comes? (?:in|by|with|round|early|late|alone)|coming|gets? (?:lost|stuck|here|there|worse|delayed)|can'?t (?:make|find|come|park|turn|drive|see|walk|eat|sit|stand|sleep|lift|get)|cannot (?:make|find|come)|can (?:help|manage|bring|find|avoid)|could (?:bring|wear)|has (?:any|a|the|his|her|trouble)|have (?:any|a|the|trouble)|had|got (?:any|a|the|time|questions)|hurts?|turns|allergic|wear\\w*|drives?|driving|parks?|parking|doesn'?t (?:mind|like|want|fit|work out)|don'?t (?:mind|like|want)|anything (?:changes|comes)|questions?|worried|possible|only|ever|it'?s (?:cold|raining|wet|sore|hot)|runs? (?:late|over)|happens? to|passes|takes|over|under|smoke\\w*|pick|ask\\w*|mess|look\\w*|know\\w*|feel\\w*|at all|so|not,|needs be|that|moves|has to cancel|have to cancel|changes|forgets?)";

const ES = new RegExp(
  `(?<![a-zñ])si (?!(?:para|con|en|de|por|tambien|a las|señor|señora|senor|senora|claro|po|pues|gracias|no$)(?![a-zñ]))(?!${BY_THE_WAY_ES}(?![a-zñ]))`,
  'g',
);
const EN = new RegExp(`(?<![a-zñ'])if (?!${BY_THE_WAY_EN}(?![a-zñ]))`, 'g');
/** `as if`, `if you don't mind`, `a ver si`, `por si`, `como si` are not conditions. */
const NOT_BEFORE =
  /(?:as|even|only|what|ask|see|know|wonder(?:ing)?|a ver|por|como|sin saber|no se|que|pero|ah|ya|pues|y|bueno|eso|asi) $/;

/** Conditions that a business attaches to an appointment. */
const DEPENDING =
  /^(?:si|if) (?:[a-zñ'~]+ ){0,4}?(?:llam|pag|compr|firm|deposit|transf|mand|envi|confirm|avis|liber|baj|cancel|cae|caen|desocup|consig|autoriz|aprueb|acept|lleg|habl|contest|respond|hay|sale|queda|falla|falt|logr|alcanz|dice|diga|da el|pued|cambi|cierr|termin|arregl|renunci|raj|call|ring|phone|pay|paid|buy|bought|sign|send|sent|confirm|ok|okay|say|approv|agree|cancel|drop|free|open|clear|come|arriv|turn up|land|get the|find|hear|reply|answer|let me know|leave|move|swap|change|part|deposit|card|form|referral|happy|fine|quiet|available|there|book|do it|go on)/;

/** Consequences that decide whether there is an appointment. */
const OF_THE_SLOT =
  /(?<![a-zñ'])(?:book\w*|confirm\w*|the slot|appointment|yours|his|hers|theirs|hold\w*|keep\w*|release\w*|it'?s (?:gone|his|hers|theirs|yours|on|fine|good|a go)|goes to|give it|lose it|loses it|then (?:it|he|she|you|we|they)'?(?:s|re|ll)|we'?re (?:on|good|set)|he'?s (?:in|on|good)|she'?s (?:in|on|good)|they'?re (?:in|on|good)|let (?:him|her|you|them) know|(?:call|ring|text) (?:you|him|her|them|back)|queda\w*|quedo|firme|cita|turno|la hora|el lugar|reserv\w+|agend\w+|anot\w+|apunt\w+|liber\w+|pierd\w*|cuenta|suy[oa]|de ella|de el|(?:es|va|queda) (?:para|de) (?:ella|el|la|him~*)|borr\w+|quit[oa]|meto otro|(?:se )?l[oae] (?:doy|damos|dejo|pongo|guardo|aparto|paso|llamo|marco|marcamos|llamamos|aviso|avisamos|confirm\w+)|te (?:aviso|llamo|confirmo|guardo)|sigue|entra|entran|no hay|hasta)(?![a-zñ])/;

/**
 * Conditions in normalised text that affect an appointment: by their consequence, or because the text says little else. `isIf`: true when
 * an unaccented `si` at this offset can be an `if`.
 */
export function conditionsIn(
  text: string,
  ofSlot: boolean,
  isIf: (at: number) => boolean,
  isAnswer: boolean,
): Condition[] {
  const found: Condition[] = [];
  for (const match of text.matchAll(ES)) {
    // At the beginning of an answer it is a yes, except before a condition that a business attaches to an appointment.
    if (isIf(match.index) && !NOT_BEFORE.test(text.slice(0, match.index))) consider(match.index, true);
  }
  for (const match of text.matchAll(EN)) {
    if (!NOT_BEFORE.test(text.slice(0, match.index))) consider(match.index, false);
  }
  return found;

  function consider(at: number, maybeYes: boolean): void {
    const rest = text.slice(at);
    const words = rest.split(' ').length;
    // An unaccented `si` in an answer is a yes, except before a condition that a business attaches to an appointment.
    if (maybeYes && at === 0 && isAnswer && !DEPENDING.test(rest)) return;
    const bearsOnIt = OF_THE_SLOT.test(rest) || (ofSlot && text.slice(0, at).split(' ').length <= 4);
    if (bearsOnIt || (DEPENDING.test(rest) && words <= 5) || (at <= 4 && words <= 7)) found.push(span(text, at));
  }
}

function span(text: string, at: number): Condition {
  const comma = text.indexOf(',', at);
  return { at, end: comma < 0 ? text.length : comma };
}
