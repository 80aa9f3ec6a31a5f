export {
  type Client,
  type ClientAnswer,
  clientAnswer,
  clientProgram,
  type Outcome,
  outcome,
  type SharedMoments,
} from './client.ts';
export { type ClientSolver, clientSolver } from './client-solver.ts';
