import type { Phrases } from '../acts.ts';

export const OPENING = {
  greet: {
    all: [
      '{business}',
      '{business}, (hello|hi|good morning|good afternoon)',
      '{business}, {person} speaking',
      '{business}, how can I help',
      'hello, {business}',
      '{business}, this is {person}',
      'hello?',
    ],
    us: [
      'thanks for calling {business}, this is {person}',
      '{business}, {person} here',
      'yeah, {business}',
      'thank you for calling {business}, how can I help you',
    ],
    uk: [
      '{business}, {person} speaking, how can I help',
      'good afternoon, {business}',
      '{business}, morning',
      'hello, {business}, can I help',
    ],
  },
  intro_open: [
    '(Hello|Hi|Good day), this is an (automated|AI) assistant calling (for|on behalf of) {user}. (They need|They are after|It is about) {errand}.',
    'Hello, I am a digital assistant for {user}. {errand}, please. When could you fit that in?',
    'Hi there, an automated caller for {user}, about {errand}. What do you have?',
    'Good day, calling by machine for {user}: {errand}.',
  ],
  intro_half: [
    '(Hello|Hi), this is an (automated|AI) assistant calling for {user}. (They need|They would like) {errand}, {half} if possible.',
    'Hello, a digital assistant for {user}. {errand}, {half} would be best.',
    'Hi, automated assistant for {user}: {errand}, {half}.',
  ],
  intro_day: [
    '(Hello|Hi|Good day), this is an (automated|AI) assistant calling (for|on behalf of) {user}. (They need|They would like) {errand} {on}.',
    'Hello, a digital assistant for {user}. Do you have anything {on} for {errand}?',
    'Hi there, an automated caller for {user}, {errand}, {day} if you can.',
  ],
  intro_slot: [
    '(Hello|Hi|Good day), this is an (automated|AI) assistant calling (for|on behalf of) {user}. Could they have {errand} {on} at {hour}?',
    'Hello, a digital assistant for {user}. {errand}, {day} at {hour}, is that possible?',
    'Hi, automated assistant for {user}. {errand}, {day}, {hour}?',
    'Hi there, calling by machine for {user}. They are hoping for {errand} {on} at {hour}.',
  ],
  go_ahead: {
    all: [
      'sure, what is it for',
      'go ahead',
      'okay',
      'yes, who is it for',
      'right, let me get the book',
      'mm-hm, go on',
    ],
    us: ['sure thing, go ahead', 'okay, what can I do for you', 'uh huh'],
    uk: ['right you are', 'yes, go on then', 'okay, bear with me while I get the diary up'],
  },
  bye_agent: [
    '(Thank you|Thanks|Thanks a lot|Many thanks). (Goodbye.|Bye.|Have a good day.|)',
    'Great, thanks.',
    'Thank you very much, I will pass it on.',
    'Lovely, thank you.',
  ],
  bye_business: {
    all: ['bye', 'bye now', 'thank you, bye', 'no problem', 'take care', 'welcome'],
    us: ['you bet', 'have a good one', 'alrighty, bye', 'mm-hm, bye-bye'],
    uk: ['cheers, bye', 'ta-ra', 'bye bye', 'lovely, bye now'],
  },
  /** By whom has agreed to nothing. */
  bye_cold: ['bye', 'goodbye', 'bye then', 'bye now'],
  noted: [
    'I will tell them.',
    'Okay, I will pass that on.',
    'Very good, thanks.',
    'Understood.',
    'Noted, I will mention it.',
  ],
  ask_place: ['Hello, am I speaking to {business}?', 'Is this {business}?', 'Hi, have I reached {business}?'],
  yes_place: ["yes, that's right", 'correct', 'yes, you have', "that's us, yes"],
  ask_hears: ['Can you hear me all right?', 'Can you hear me now?', 'Is this line better?'],
  yes_hears: ['yes, now I can', "yes, that's fine now", 'yes, I hear you', "yeah that's better"],
  ask_wait: [
    'Could you wait a moment while I look up the details?',
    'Can you hold for a second?',
    'May I have a moment?',
  ],
  yes_wait: ['yes, of course', 'sure', 'yes, go ahead', 'yeah, okay'],
} satisfies Phrases;
