/**
 * People: their names, how they log in, the links and tokens that let them in.
 * What they may do then is in lib/policy.
 */
export {
  actorOfToken,
  createApiToken,
  removeApiToken,
  scopesOf,
} from "./api-tokens";
export { createAuth, type Auth } from "./auth";
export {
  acceptInvitation,
  checkAcceptance,
  createInvitation,
  openInvitation,
  withdrawInvitation,
} from "./invitations";
export { Limits } from "./limits";
export { nameKey, parseName } from "./names";
export { MAX_PASSWORD, MIN_PASSWORD } from "./passwords";
export {
  addPerson,
  canBeClaimed,
  findPersonName,
  getPerson,
  hasPassword,
  renamePerson,
  setDisabled,
  setPassword,
  setRole,
  type PeopleDesk,
} from "./people";
export { serverSecret } from "./secrets";
export {
  changePassword,
  endSession,
  findLogIn,
  hashPassword,
  logIn,
  logOut,
  type LogInDesk,
} from "./sessions";
