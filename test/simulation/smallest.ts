/**
 * Takes one step after the other for as long as a case still fails: the rest is why it fails.
 * @param simpler every case that is one step simpler, the big steps first
 */
export async function smallestOf<Case>(
  first: Case,
  simpler: (one: Case) => Iterable<Case>,
  fails: (one: Case) => boolean | Promise<boolean>,
): Promise<Case> {
  let smallest = first;
  for (let again = true; again; ) {
    again = false;
    for (const step of simpler(smallest)) {
      if (!(await fails(step))) continue;
      smallest = step;
      again = true;
      break;
    }
  }
  return smallest;
}
