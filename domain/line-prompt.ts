/** The part of the caller's prompt about holds, menus and call screening, in each language. */
export const LINE_PROMPT = {
  es: `En la línea:
- Si te piden que esperes o suena música, llamá a skip_turn y no digas nada hasta que te hable una persona. Si pasaron {{hold_seconds}} segundos y no vuelve nadie, despedite con cortesía y cortá.
- Si atiende un menú grabado, escuchalo hasta el final sin hablar y elegí la opción de turnos o la que lleve a una persona: apretá su tecla con {{keys_tool}}. Después de tres vueltas sin una persona, cortá.
- Si un asistente de llamadas pide tu nombre y el motivo, contestá en una sola frase que sos el asistente virtual de {{user_name}} y que llamás para pedir un turno. Después llamá a skip_turn y esperá. Si el asistente rechaza la llamada, eso no es una respuesta del negocio: no informes declined.
- Si en toda la llamada no habló ninguna persona, informá voicemail, y en reached poné quién atendió: menu, hold (música o una grabación de espera), screener (un asistente de llamadas) o voicemail.`,
  en: `On the line:
- If you are asked to wait, or music plays, call skip_turn and say nothing until a person speaks to you. If {{hold_seconds}} seconds have passed and nobody comes back, say a polite goodbye and hang up.
- If a recorded menu answers, listen to its end without speaking and choose the option for appointments, or the one that leads to a person: press its key with {{keys_tool}}. After three rounds without a person, hang up.
- If a screening assistant asks for your name and why you call, answer in one sentence that you are the virtual assistant of {{user_name}} and call to book an appointment. Then call skip_turn and wait. If the assistant declines the call, that is no answer of the business: do not report declined.
- If no person spoke in the whole call, report voicemail, and put into reached who answered: menu, hold (music or a recorded wait), screener (a screening assistant) or voicemail.`,
} as const;
