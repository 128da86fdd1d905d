import type { Trade } from '../types.ts';

/** Of each trade: its businesses’ names, what it is called, what people want there, and what else it has. */
export const TRADES_ES: Record<
  Trade,
  { service: string; names: readonly string[]; errands: readonly string[]; others: readonly string[] }
> = {
  dentist: {
    service: 'dentista',
    names: ['consultorio Ramos', 'Clínica Dental Sonría', 'odontología Paz', 'Dental Belgrano'],
    errands: ['una limpieza', 'un control', 'un arreglo de una muela', 'una consulta por un diente roto'],
    others: ['un blanqueamiento', 'una ortodoncia infantil'],
  },
  hairdresser: {
    service: 'peluquería',
    names: ['peluquería Lola', 'Estilo Nora', 'barbería El Corte', 'salón Amelia'],
    errands: ['un corte', 'un corte y color', 'un brushing', 'un corte de puntas'],
    others: ['depilación', 'una manicura'],
  },
  garage: {
    service: 'taller mecánico',
    names: ['taller Rivas', 'mecánica Los Hermanos', 'el taller de Beto', 'Automotriz Norte'],
    errands: ['un cambio de aceite', 'una revisión de frenos', 'ver un ruido en la caja', 'la afinación'],
    others: ['un lavado', 'un cambio de cubiertas'],
  },
  vet: {
    service: 'veterinaria',
    names: ['veterinaria Patitas', 'Clínica Veterinaria San Roque', 'la veterinaria de Ana'],
    errands: ['la vacuna del perro', 'un control del gato', 'una consulta por el perro'],
    others: ['un baño y corte', 'guardería'],
  },
  physio: {
    service: 'fisioterapia',
    names: ['centro Moverse', 'kinesiología Arce', 'Fisio Sur', 'rehabilitación Vértebra'],
    errands: ['una sesión por la espalda', 'rehabilitación de rodilla', 'una primera sesión'],
    others: ['una clase de pilates', 'un masaje relajante'],
  },
  restaurant: {
    service: 'restaurante',
    names: ['restaurante El Faro', 'la fonda de Tita', 'parrilla Don Julio Chico', 'Casa Mateo'],
    errands: ['una mesa para cuatro', 'una mesa para dos', 'una mesa para seis personas'],
    others: ['la barra, sin mesa', 'el menú para llevar'],
  },
  lawyer: {
    service: 'abogado',
    names: ['estudio Peralta', 'bufete Lagos', 'Abogados del Centro', 'estudio jurídico Ferro'],
    errands: ['una consulta por una sucesión', 'una consulta por un alquiler', 'una primera consulta'],
    others: ['una mediación', 'una firma de escritura'],
  },
  optician: {
    service: 'óptica',
    names: ['óptica Visión', 'óptica Luz', 'Óptica del Parque'],
    errands: ['un examen de la vista', 'un control de graduación', 'probarse lentes de contacto'],
    others: ['un ajuste de armazón', 'un retiro de anteojos'],
  },
  town_hall: {
    service: 'municipalidad',
    names: ['municipalidad, mesa de entradas', 'oficina de licencias', 'registro civil'],
    errands: ['renovar el carnet de conducir', 'una cita para la licencia', 'un trámite de empadronamiento'],
    others: ['una inspección', 'un casamiento'],
  },
};

export const PEOPLE = [
  'Lucía Ferreyra',
  'Óscar Nava',
  'Irene Salas',
  'Mauro',
  'Don Anselmo',
  'Yamila Quispe',
  'Rubén Ibáñez',
  'Sofía',
  'Benicio Arregui',
  'la señora Tapia',
];
export const STRANGERS = ['Gutiérrez', 'la señora Ramona', 'Horacio Vélez', 'una tal Camila Prieto'];
export const STAFF = ['Marta', 'Nico', 'Silvina', 'el doctor Paz', 'Rosario', 'Gonzalo'];
export const STREETS = ['Belgrano 1630', 'Avenida Juárez 215', 'calle Mayor 12', 'San Martín 845'];
export const DIGITS = [
  'once, cuarenta y tres, veintiuno, doce, treinta y cuatro',
  '15 4321 8876',
  '55 12 34 90 11',
  'seis uno dos, treinta, cuarenta',
];
export const PRICES = ['cinco mil', '8000', 'treinta mil pesos', 'veinte', '150'];
export const HALVES: Record<'morning' | 'afternoon' | 'evening', readonly string[]> = {
  morning: ['por la mañana', 'a la mañana', 'en la mañana'],
  afternoon: ['por la tarde', 'a la tarde', 'en la tarde'],
  evening: ['por la noche', 'a la noche'],
};
