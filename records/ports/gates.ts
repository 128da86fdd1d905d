/** Gates other than the providers' own, such as that of a batch. */
export interface GateRecords {
  /** Sets the number of places of a gate. 0: no call passes it any more, and those that have passed go on. */
  setGate(name: string, most: number): Promise<void>;
}
