import type { Automaton } from '../reached.ts';
import type { Language } from './language.ts';

type Table = Readonly<Record<Automaton, readonly string[]>>;

/**
 * Sentences that hardly any person says. Narrower than the cues `no_person`, which only doubt: these decide that nobody was reached, after
 * which the number is called again. Patterns for normalised text.
 */
const ES: Table = {
  menu: [
    `(?:marque|oprima|presione|pulse|digite|marca|presiona|pulsa) (?:el |la |la tecla |la opcion |el numero )*(?:uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|cero|\\d|gato|numeral|asterisco|almohadilla)`,
    `(?:opcion|respuesta) (?:invalida|incorrecta|no valida)|no (?:ha )?(?:elegido|seleccionado|marcado) ninguna opcion|para (?:volver a )?(?:escuchar|repetir) (?:este|el|las) (?:menu|opciones)|menu principal|vuelva al menu`,
  ],
  hold: [
    `(?:todos )?nuestros? (?:asesores?|agentes?|operadores?|ejecutivos?|representantes?|lineas?) (?:se encuentran?|estan?|esta) ocupad[oa]s?`,
    `(?:su|tu) llamada es (?:muy )?importante|(?:su|tu) llamada sera atendida|(?:sera|seras) atendid[oa] (?:en|por|a la)|(?:permanezca|mantengase|manténgase|aguarde|espere) en (?:la )?linea y`,
    `usted es el numero \\w+ en (?:la )?(?:espera|cola|fila)|tiempo (?:de espera )?(?:estimado|aproximado)`,
  ],
  screener: [
    `(?:diga|deci|indique|grabe|decime|digame) (?:\\w+ )?(?:su|tu) nombre y (?:el |la )?(?:motivo|razon|asunto)`,
    `(?:usa|utiliza|esta usando) (?:un |el )?(?:asistente|filtro|servicio) (?:de llamadas|de filtrado|para (?:filtrar|atender) llamadas)|(?:filtro|asistente) de llamadas de google|filtrado de llamadas`,
    `(?:esta|la) persona (?:a la que (?:llama|esta llamando) )?no (?:puede|quiere|desea) (?:atender|contestar|tomar|recibir)|(?:voy a ver|vere|comprobare) si (?:la persona|esta persona) (?:esta|puede)`,
  ],
  voicemail: [
    `deje (?:\\w+ ){0,3}(?:mensaje|recado)|despues (?:de la señal|del tono|de la senal|del pitido)|tras (?:la señal|el tono|la senal)|buzon (?:de voz|lleno|de mensajes)|contestador automatico`,
  ],
};

const EN: Table = {
  menu: [
    `(?:press|dial|enter|push) (?:the )?(?:number |key )?(?:one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash|\\d)`,
    `invalid (?:option|selection|entry)|(?:that|this) is not a valid (?:option|selection)|to (?:hear|repeat) (?:this|these|the) (?:menu|options)|main menu|(?:our|the) menu (?:options )?(?:has|have) changed`,
  ],
  hold: [
    `all (?:of )?our (?:agents|representatives|operators|lines|advisors|associates|staff) are (?:currently )?(?:busy|assisting|helping)`,
    `your call is (?:very )?important|your call will be (?:answered|taken)|(?:please )?(?:stay|remain|hold) on the line(?:,| and)|you are (?:number|caller number) \\w+ in (?:the )?(?:queue|line)|(?:estimated|average|expected) wait`,
  ],
  screener: [
    `(?:say|state|record|tell me|give|leave) your name (?:and|,) (?:the )?(?:reason|why|purpose|what)`,
    `(?:using|uses) (?:a |the )?(?:call[- ]screening|screening) (?:service|assistant)|call screen(?:ing)? (?:service|from google)|screening service from google`,
    `(?:this|the) person (?:you (?:are|re) calling )?(?:is using|is not available|isn'?t available|can'?t take|cannot take|does not want|is unable)|i'?ll see if (?:this|the) person is available`,
  ],
  voicemail: [
    `leave (?:a|your|us a|me a) (?:\\w+ )?message|after the (?:tone|beep)|at the (?:tone|beep)|mailbox (?:is )?full|voice ?mail ?box|forwarded to (?:an )?(?:automated )?voice`,
  ],
};

const KINDS: readonly Automaton[] = ['screener', 'menu', 'hold', 'voicemail'];

const compiled = (table: Table): readonly (readonly [Automaton, RegExp])[] =>
  KINDS.map((kind) => [kind, new RegExp(`(?<![a-z0-9ñ'])(?:${table[kind].join('|')})(?![a-z0-9ñ])`)]);

const COMPILED: Record<Language, readonly (readonly [Automaton, RegExp])[]> = { es: compiled(ES), en: compiled(EN) };

/** The kind of automaton that says these normalised words; undefined: a person may say them. */
export function automatonIn(text: string, languages: readonly Language[]): Automaton | undefined {
  for (const language of languages)
    for (const [kind, pattern] of COMPILED[language]) if (pattern.test(text)) return kind;
  return undefined;
}
