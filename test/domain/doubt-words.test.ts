import { describe, expect, it } from '@jest/globals';
import { doubtSentence, doubtWords } from '../../domain/doubt-words.ts';
import { DOUBTS } from '../../domain/talk/types.ts';
import { cite, doubt } from '../support/talks.ts';

describe('a doubt in words', () => {
  it('quotes the words that decided, by their turn', () => {
    expect(doubtSentence(doubt('hedged', cite('creo que sí', 6)))).toBe('The business hedged: «creo que sí» (turn 6).');
    const both = doubt('other_hour', cite('a las 17', 3), cite('a las cuatro', 4, 'agent'));
    expect(doubtSentence(both)).toBe(
      'Another hour was agreed than was reported: «a las 17» (turn 3), «a las cuatro» (the agent, turn 4).',
    );
  });

  it('is one sentence of its own for each kind', () => {
    const sentences = DOUBTS.map((code) => doubtSentence(doubt(code)));
    expect(new Set(sentences).size).toBe(DOUBTS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.:«»]+\.$/);
  });

  it('comes first where it is the weightiest, and once for each kind', () => {
    const doubts = [
      doubt('taken_back', cite('no, mejor no', 8)),
      doubt('taken_back', cite('perdón, no', 9)),
      doubt('hedged'),
      doubt('asked_only'),
      doubt('day_unclear'),
    ];
    expect(doubtWords(doubts)).toBe(
      'The business took it back: «no, mejor no» (turn 8). The business hedged. The business only asked back.',
    );
  });
});
