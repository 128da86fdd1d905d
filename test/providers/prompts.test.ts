import { describe, expect, it } from '@jest/globals';
import {
  defaultFirstMessage,
  defaultPrompt,
  disclosure,
  firstMessage,
  receptionistPrompt,
} from '../../domain/prompts.ts';
import { REPORT_RESULTS } from '../../domain/result.ts';
import { dynamicVariables, receptionistInit } from '../../providers/elevenlabs/initiation.ts';
import { CALL, order } from './samples.ts';

describe('what a call says first', () => {
  it.each([
    [undefined, /inteligencia artificial.*de parte de Mauro.*grabada/],
    ['es-AR', /inteligencia artificial.*de parte de Mauro.*grabada/],
    ['en-US', /AI assistant.*on behalf of Mauro.*recorded/],
    ['fr', /AI assistant.*on behalf of Mauro.*recorded/],
  ])('in %s: that it is an AI, for whom, and that it may be recorded', (language, expected) => {
    expect(disclosure(order({ language }))).toMatch(expected);
  });

  it('the disclosure comes before the order’s own first message and before the default one', () => {
    const own = order({ agent: { first_message: 'Buen día.' } });
    expect(firstMessage(own)).toBe(`${disclosure(own)} Buen día.`);
    expect(firstMessage(order())).toMatch(new RegExp(`^${disclosure(order())} .*dentista`));
    expect(defaultFirstMessage()).toMatch(/inteligencia artificial.*\{\{user_name\}\}.*grabada.*\{\{service_type\}\}/);
  });

  it('a name cannot bring in a variable of the provider’s', () => {
    const sly = order({ request: { service_type: 'x', user_name: '{{secret__key}}' } });
    expect(firstMessage(sly)).not.toContain('{{');
  });
});

describe('the default prompts', () => {
  it.each(['es', 'en'])('in %s use the variables that every call sends, and name every result', (language) => {
    const prompt = defaultPrompt(language);
    const sent = Object.keys(dynamicVariables(order(), CALL));
    for (const [, name] of prompt.matchAll(/\{\{(\w+)\}\}/g)) {
      expect(sent).toContain(name);
    }
    expect(prompt).not.toMatch(/UTC|system__/);
    for (const result of REPORT_RESULTS) expect(prompt).toContain(result);
  });
});

describe('the receptionist', () => {
  it('plays the prepared scenario, and cannot be taken for the caller', () => {
    const { escalation } = order();
    const rehearsed = order({
      escalation: { ...escalation, simulation: { enabled: true, scenario: 'ofrece el martes a las 16' } },
    });
    expect(receptionistPrompt(rehearsed)).toContain('ofrece el martes a las 16');
    const init = receptionistInit(rehearsed, true);
    expect(init).toMatchObject({ dynamic_variables: { call_id: '', booking_id: '' } });
    expect(init).not.toHaveProperty('user_id');
    expect(JSON.stringify(init)).toContain('ofrece el martes a las 16');
    expect(receptionistInit(order(), true)).not.toHaveProperty('conversation_config_override');
  });
});
