import type { Trade } from '../types.ts';

/** Of each trade: its businesses’ names, what it is called, what people want there, and what else it has. */
export const TRADES_EN: Record<
  Trade,
  { service: string; names: readonly string[]; errands: readonly string[]; others: readonly string[] }
> = {
  dentist: {
    service: 'dentist',
    names: ['Main Street Dental', 'Dr. Cole’s office', 'Brightside Dental', 'the dental practice'],
    errands: ['a cleaning', 'a check-up', 'a filling', 'a broken tooth'],
    others: ['a whitening', 'the kids’ braces clinic'],
  },
  hairdresser: {
    service: 'hairdresser',
    names: ['Curl and Co', 'Salon Amelia', 'the barber shop', 'Hair by Nora'],
    errands: ['a haircut', 'a cut and colour', 'a trim', 'a blow-dry'],
    others: ['a manicure', 'waxing'],
  },
  garage: {
    service: 'mechanic',
    names: ['Northside Auto', 'Ray’s garage', 'Miller Motors'],
    errands: ['an oil change', 'a brake check', 'a look at a noise in the gearbox', 'a service'],
    others: ['a car wash', 'new tyres'],
  },
  vet: {
    service: 'vet',
    names: ['Harbor Vets', 'Green Lane Vets', 'Paws clinic'],
    errands: ['the dog’s vaccination', 'a check-up for the cat', 'a visit with the dog'],
    others: ['grooming', 'boarding'],
  },
  physio: {
    service: 'physiotherapist',
    names: ['Movewell Physio', 'Spine and Joint', 'the physio centre'],
    errands: ['a session for the back', 'knee rehab', 'a first session'],
    others: ['a pilates class', 'a relaxation massage'],
  },
  restaurant: {
    service: 'restaurant',
    names: ['The Old Mill', 'Casa Mateo', 'the Lighthouse restaurant', 'The Swan'],
    errands: ['a table for four', 'a table for two', 'a table for six'],
    others: ['a seat at the bar', 'the takeaway menu'],
  },
  lawyer: {
    service: 'lawyer',
    names: ['Hart and Lowe', 'Perry Law', 'the law office'],
    errands: ['a consultation about an inheritance', 'a consultation about a lease', 'a first meeting'],
    others: ['a mediation', 'a signing'],
  },
  optician: {
    service: 'optician',
    names: ['Clear View', 'Park Opticians', 'the eye clinic'],
    errands: ['an eye test', 'a check of the prescription', 'a contact lens fitting'],
    others: ['a frame adjustment', 'a pick-up of glasses'],
  },
  town_hall: {
    service: 'town hall',
    names: ['the town hall', 'licensing office', 'county records'],
    errands: ['a license renewal', 'a passport appointment', 'a permit'],
    others: ['an inspection', 'a wedding'],
  },
};

export const PEOPLE = [
  'Carla Ruiz',
  'Sam Boyd',
  'Priya Shah',
  'Otto Lindqvist',
  'Mrs. Alder',
  'Dev',
  'Hannah Cole',
  'Mr. Okafor',
  'Joan',
  'Theo Marsh',
];
export const STRANGERS = ['Mr. Gutierrez', 'Mrs. Penn', 'somebody called Howard', 'the Kline family'];
export const STAFF = ['Kim', 'Jo', 'Brenda', 'Dr. Paz', 'Rosie', 'Greg'];
export const STREETS = ['12 High Street', '845 Oak Avenue', '215 King Road', '1630 Elm'];
export const DIGITS = [
  'five five five, two oh one, four four seven eight',
  '555 019 2244',
  'oh seven seven, four one two, nine eight three',
  'six one two, thirty, forty',
];
export const PRICES = ['fifty', '80', 'two hundred', 'ninety-five', '150'];
export const HALVES: Record<'morning' | 'afternoon' | 'evening', readonly string[]> = {
  morning: ['in the morning', 'a morning'],
  afternoon: ['in the afternoon', 'an afternoon'],
  evening: ['in the evening', 'an evening'],
};
