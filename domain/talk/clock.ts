/** Minutes since midnight of HH:MM. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** True when two times, HH:MM, look the same on a clock's face: 04:00 and 16:00. */
export const sameOnTheDial = (a: string, b: string): boolean => minutesOf(a) % 720 === minutesOf(b) % 720;
