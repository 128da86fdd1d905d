import type { Trade } from '../types.ts';

type Pairs = readonly (readonly [asked: string, answered: string])[];

/** What is asked and answered beside the matter; with days and hours in it that are not the appointment's. */
export const SIDE: { all: Pairs } & Record<Trade, Pairs> = {
  all: [
    ['have they been here before?', 'No, it is the first time.'],
    ['can I take a phone number?', 'Yes, {digits}.'],
    ['and who am I speaking to?', 'An automated assistant, calling for {user}.'],
    ['is this a recording?', 'No, I hear you and I answer.'],
    ['how did they find us?', 'Through a friend who came last month.'],
    ["we're just closing, we open nine to one and two to six", 'Understood, thank you.'],
    ['they know where we are?', '{street}, right?'],
    ['they came last year, I remember', 'Once, in March.'],
    ["it's mad here today, sorry", 'No problem.'],
    ["they know it's {price} for the visit?", 'Yes, they know.'],
    ['each one is {length} minutes', 'That is fine.'],
  ],
  dentist: [
    ['are they in pain?', 'A little, for three days now.'],
    ['is it private or insurance?', 'Private.'],
    ['when was the last cleaning?', 'Two years ago.'],
  ],
  hairdresser: [
    ['long or short hair?', 'To the shoulders.'],
    ['wash as well?', 'Yes, with a wash.'],
    ['do they want {colleague}?', 'They do not mind.'],
  ],
  garage: [
    ['what car is it?', 'A two thousand nine Corolla.'],
    ['how many miles on it?', 'About eighty thousand.'],
    ['can they leave it all day?', 'Yes, no problem.'],
  ],
  vet: [
    ["what's the pet called?", 'Toby.'],
    ['how old is he?', 'Four.'],
    ['all his shots done?', 'Yes, all up to date.'],
  ],
  physio: [
    ['do they have a referral?', 'Yes, for ten sessions.'],
    ['is it the knee or the back?', 'The back.'],
  ],
  restaurant: [
    ['how many people?', 'Four people.'],
    ['inside or on the terrace?', 'Inside, if possible.'],
    ['any allergies?', 'No, none.'],
    ['special occasion?', 'A birthday, they are turning forty.'],
  ],
  lawyer: [
    ['what is it about?', 'An inheritance.'],
    ['do they have the papers?', 'Yes, since two thousand and twenty.'],
  ],
  optician: [
    ['contacts or glasses?', 'Glasses.'],
    ['when was the last eye test?', 'About three years ago.'],
  ],
  town_hall: [
    ['will they bring ID?', 'Yes, and two copies.'],
    ['renewal or first time?', 'Renewal, it runs out next month.'],
  ],
};
