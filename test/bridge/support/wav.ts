/** Reads a stereo mu-law WAV chunk by chunk, as a player does. */
export function readWav(file: Buffer): { left: Buffer; right: Buffer; rate: number } {
  const fail = (what: string): never => {
    throw new Error(`not a valid WAV: ${what}`);
  };
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') fail('RIFF/WAVE');
  if (file.readUInt32LE(4) !== file.length - 8) fail(`RIFF size ${file.readUInt32LE(4)} in ${file.length} bytes`);
  let format: { tag: number; channels: number; rate: number; bytesPerSecond: number; bits: number } | undefined;
  let samples: number | undefined;
  for (let at = 12; at < file.length; ) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (body.length !== size) fail(`chunk ${name} is cut off`);
    if (name === 'fmt ') {
      format = {
        tag: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        rate: body.readUInt32LE(4),
        bytesPerSecond: body.readUInt32LE(8),
        bits: body.readUInt16LE(14),
      };
    }
    if (name === 'fact') samples = body.readUInt32LE(0);
    if (name === 'data') {
      if (format?.tag !== 7 || format.channels !== 2 || format.bits !== 8) fail('not stereo mu-law');
      if (format?.bytesPerSecond !== 16_000 || samples !== size / 2) fail('fmt or fact chunk');
      const left = Buffer.from(body.filter((_, i) => i % 2 === 0));
      const right = Buffer.from(body.filter((_, i) => i % 2 === 1));
      return { left, right, rate: format!.rate };
    }
    at += 8 + size + (size % 2);
  }
  return fail('no data chunk');
}
