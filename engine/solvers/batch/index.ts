export {
  type Client,
  type ClientAnswer,
  type ClientOutcome,
  clientAnswer,
  clientOutcome,
  clientProgram,
  type SharedMoments,
} from './client.ts';
export { type ClientSolver, clientSolver } from './client-solver.ts';
export { type ClientAnswers, type ClientTable, solveClients } from './solve-clients.ts';
