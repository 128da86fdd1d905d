import { expect, it } from '@jest/globals';
import { discloses } from '../../cli/doctor/discloses.ts';

it.each([
  'Hola, soy un asistente virtual con inteligencia artificial y llamo de parte de {{user_name}}.',
  'Hello, I am an AI assistant calling on behalf of {{user_name}}.',
  'Hola, le habla una IA.',
  'Hi, this is an A.I. speaking.',
  'Bonjour, je suis une intelligence artificielle.',
  'Olá, sou um assistente virtual.',
  'Guten Tag, hier spricht eine künstliche Intelligenz.',
])('“%s” says that an AI calls', (words) => {
  expect(discloses(words)).toBe(true);
});

it.each([
  'Hola, ¿tienen turno?',
  'Bonjour, j’ai une demande.',
  '¡Ai! Hola, soy Juan.',
  'Hello, this is the coordinator AI-ko.',
  'I am a real human, not an AI.',
  'Hola, no soy una inteligencia artificial.',
  '',
])('“%s” does not', (words) => {
  expect(discloses(words)).toBe(false);
});
