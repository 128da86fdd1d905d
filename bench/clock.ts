/** Milliseconds of the machine's monotonic clock: comparable between processes of one machine. */
export const machineTime = (): number => Number(process.hrtime.bigint()) / 1e6;
