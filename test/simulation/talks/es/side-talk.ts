import type { Trade } from '../types.ts';

type Pairs = readonly (readonly [asked: string, answered: string])[];

/** What is asked and answered beside the matter; with days and hours in it that are not the appointment's. */
export const SIDE: { all: Pairs } & Record<Trade, Pairs> = {
  all: [
    ['¿es la primera vez que viene?', 'Sí, es la primera vez.'],
    ['¿me deja un teléfono?', 'Sí, {digits}.'],
    ['¿y usted quién es?', 'Soy un asistente automático, llamo de parte de {user}.'],
    ['¿es una grabación esto?', 'No, le escucho y le respondo.'],
    ['¿cómo nos conoció?', 'Por una amiga que fue el mes pasado.'],
    ['ahora estamos cerrando, abrimos de nueve a una y de cuatro a ocho', 'Entendido, gracias.'],
    ['¿la dirección la tiene?', '{street}, ¿verdad?'],
    ['ya vino el año pasado, me suena', 'Sí, vino una vez, en marzo.'],
    ['hoy es un día de locos, perdone', 'No hay problema.'],
    ['¿sabe que cobramos {price} la consulta?', 'Sí, lo sabe.'],
    ['cada turno es de {length} minutos', 'Está bien.'],
  ],
  dentist: [
    ['¿tiene dolor?', 'Un poco, desde hace tres días.'],
    ['¿particular o por obra social?', 'Particular.'],
    ['¿cuándo se hizo la última limpieza?', 'Hace dos años.'],
  ],
  hairdresser: [
    ['¿pelo largo o corto?', 'Por los hombros.'],
    ['¿se lo lavamos también?', 'Sí, con lavado.'],
    ['¿quiere con {colleague}?', 'Le da igual.'],
  ],
  garage: [
    ['¿qué auto es?', 'Un Corsa dos mil nueve.'],
    ['¿cuántos kilómetros tiene?', 'Unos ciento veinte mil.'],
    ['¿lo puede dejar todo el día?', 'Sí, no hay problema.'],
  ],
  vet: [
    ['¿cómo se llama el animal?', 'Toby.'],
    ['¿qué edad tiene?', 'Cuatro años.'],
    ['¿está vacunado?', 'Sí, tiene todo al día.'],
  ],
  physio: [
    ['¿trae orden del médico?', 'Sí, la tiene, por diez sesiones.'],
    ['¿es la rodilla o la espalda?', 'La espalda.'],
  ],
  restaurant: [
    ['¿cuántas personas son?', 'Cuatro personas.'],
    ['¿adentro o en la terraza?', 'Adentro, si se puede.'],
    ['¿algún alérgico?', 'No, ninguno.'],
    ['¿festejan algo?', 'Sí, un cumpleaños, cumple cuarenta.'],
  ],
  lawyer: [
    ['¿por qué tema es?', 'Por una sucesión.'],
    ['¿tiene los papeles?', 'Sí, los tiene desde el dos mil veinte.'],
  ],
  optician: [
    ['¿usa lentes de contacto?', 'No, anteojos.'],
    ['¿cuándo se midió la vista?', 'Hace como tres años.'],
  ],
  town_hall: [
    ['¿trae el documento?', 'Sí, y dos copias.'],
    ['¿es renovación o primera vez?', 'Renovación, vence el mes que viene.'],
  ],
};
