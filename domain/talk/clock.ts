/** Of HH:MM, since midnight. */
export const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Whether two times, HH:MM, show the same on a clock's face: 04:00 and 16:00. */
export const sameOnTheDial = (a: string, b: string): boolean => minutesOf(a) % 720 === minutesOf(b) % 720;
