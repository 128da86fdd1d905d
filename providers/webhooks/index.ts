export { conversationSnapshot } from '../elevenlabs/conversation-snapshot.ts';
export { bearerMatches, sameSecret } from './bearer.ts';
export { type SignatureCheck, verifyElevenLabsSignature } from './elevenlabs-signature.ts';
export { conversationEvidence, type PostCall, postCallToEvidence } from './post-call.ts';
export {
  field,
  parseTwilioForm,
  type TwilioForm,
  verifyStreamSignature,
  verifyTwilioSignature,
} from './twilio-signature.ts';
export { twilioStatusToEvidence } from './twilio-status.ts';
