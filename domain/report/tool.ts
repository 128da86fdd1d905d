/** Name of the tool with which an agent reports a result: at ElevenLabs, over its socket and in transcripts. */
export const REPORT_TOOL = 'report_result';
