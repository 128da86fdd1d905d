export { WANTED_OVERRIDES } from './elevenlabs/agent-check.ts';
export { createElevenLabs, type ElevenLabsOptions } from './elevenlabs/agents.ts';
export { conversationInit, receptionistInit } from './elevenlabs/initiation.ts';
export * from './interface.ts';
export { maskPhone, safeMessage } from './mask.ts';
export { reportFrom } from './report.ts';
export { digestOf } from './transcript.ts';
export { callbackUrls, createTwilioVoice, type TwilioOptions } from './twilio/voice.ts';
