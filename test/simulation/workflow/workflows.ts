// What the simulator's worker runs: the product's own workflows, and the one that keeps its world going.
export * from '../../../workflows/index.ts';
export { courier } from './courier.ts';
