/**
 * All SQL of the project. Two kinds of databases: an index per SAE, written
 * once and then only read, and the labels, which people write.
 */
export {
  closeConnections,
  indexReader,
  labelDatabase,
  leases,
  matchReader,
  limitDatabase,
} from "./connections";
export { decodeCursor, encodeCursor } from "./cursor";
export type { DensityHistogram } from "./density";
export type { DocumentPassages, Passage } from "./document-passages";
export type { FeatureDetailRow, FeatureExample } from "./feature-detail";
export type { FeatureListRow } from "./feature-list";
export type { FoundFiring } from "./firings-between";
export { openIndexDatabase, type IndexDatabase } from "./index-database";
export { IndexReader } from "./index-reader";
export { INDEX_SCHEMA_VERSION } from "./index-schema";
export { IndexWriter, type IndexWriterOptions } from "./index-writer";
export type { KnownFirings } from "./known-firings";
export { openLabelDatabase, type LabelDatabase } from "./label-database";
export {
  activity,
  ACTIVITY_WINDOW,
  activityOfNoun,
  type ActivityFilter,
} from "./activity";
export {
  backupLabels,
  listBackups,
  pruneBackups,
  restoreLabels,
  type Backup,
  type Restored,
} from "./backup-labels";
export {
  commentsOfFeature,
  findComment,
  mentionedIn,
  mentionsAfter,
  mentionsOf,
  mentionsSeen,
  type CommentRow,
} from "./comment-store";
export {
  append,
  commit,
  eventById,
  eventsAfter,
  lastSeq,
  type Append,
  type Command,
  type NewEvent,
  type StoredEvent,
} from "./event-log";
export { EventTail, type News } from "./event-tail";
export {
  EVENT_KINDS,
  PRIVATE_KINDS,
  type EventKind,
  type LabelContents,
  type Payload,
} from "./events/index";
export {
  eventsOfFeature,
  findFlag,
  hasAnsweredQuiz,
  labelledFeaturesAfter,
  labelledSaes,
  listEventsAfter,
  quizAnswersOf,
  votesOfFeature,
  type FeatureEvent,
} from "./export-store";
export {
  countLabelledFeatures,
  featureState,
  featuresByState,
  NOTHING,
  saeCounts,
  type FeatureStateRow,
} from "./feature-state-store";
export {
  findLabel,
  findRevision,
  labelRevisionsOf,
  labelsOfFeature,
  labelVotes,
  recentLabels,
  voteOf,
  votesOf,
  type LabelRevisionRow,
  type LabelRow,
  type VoteRow,
} from "./label-store";
export { matchFileName, openMatchDatabase, writeMatch } from "./match-database";
export {
  MatchReader,
  type MatchList,
  type MatchListQuery,
  type MatchRow,
} from "./match-reader";
export type * from "./match-records";
export {
  bookmarksOf,
  findList,
  findListItem,
  isBookmarked,
  lastListPosition,
  LIST_START,
  listItemsAfter,
  listPositionBefore,
  listsBefore,
  listsWithFeature,
  type BookmarkRow,
  type ListItemRow,
  type ListPlace,
  type ListRow,
} from "./list-store";
export { migrateLabels } from "./migrate-labels";
export {
  findMove,
  movesOfLabels,
  shownLabelsAfter,
  type MoveRow,
} from "./move-store";
export {
  apiTokensOf,
  countApiTokensOf,
  findApiToken,
  insertApiToken,
  revokeApiToken,
  touchApiToken,
  type ApiTokenRow,
} from "./api-token-store";
export {
  findOpenInvitation,
  insertInvitation,
  markInvitationUsed,
  openInvitations,
  revokeInvitation,
  revokeInvitationsFor,
  type InvitationRow,
  type OpenInvitation,
} from "./invitation-store";
export type { Limit, LimitDatabase } from "./limit-database";
export { credentials, people, sessions } from "./people-schema";
export {
  addPlaceholder,
  countAdmins,
  findNamesake,
  findPerson,
  findPersonByKey,
  hasCredential,
  insertPerson,
  listPeople,
  LOCAL_ID,
  localPerson,
  newId,
  placeholders,
  setCredential,
  updatePerson,
  type PeopleQuery,
  type PersonRow,
} from "./people-store";
export {
  closeQuiz,
  findQuiz,
  insertQuiz,
  marksOf,
  openQuizzes,
  quizCandidates,
  sequencesAsked,
  type QuizCandidate,
  type QuizRow,
} from "./quiz-store";
export type { QuizContext } from "./tables/quizzes";
export {
  disputedLabels,
  doubtedLabels,
  provenLabels,
  scoresOf,
  untestedLabels,
  type EvidenceRow,
  type LabelScoreRow,
} from "./score-store";
export {
  JUDGEMENTS_READ,
  meaninglessJudgements,
  quizJudgements,
  rubricJudgements,
  voteJudgements,
  wordingJudgements,
  type Judgement,
} from "./judgement-store";
export {
  flagsOf,
  hasRubric,
  rubricsOf,
  type FlagRow,
  type RubricRow,
} from "./opinion-store";
export {
  labellers,
  namesOf,
  peopleBeginning,
  peopleNamed,
} from "./people-names";
export {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionByToken,
  deleteSessionsOf,
  findSession,
  sessionsOf,
  type SessionRow,
} from "./session-store";
export { inTransaction } from "./transaction";
export type { FeaturePoints } from "./points";
export { Presence, type PresentStream } from "./presence";
export type * from "./records";
export { nextId } from "./statement";
export { isSound, verifyLabels, type LabelCheck } from "./verify-labels";
export { CONFIDENCES, type Confidence } from "./tables/labels";
export { PEOPLE_COUNTED, type FeatureStates } from "./feature-states";
export { LEASE_MS, type Lease, type Leases, type Seat } from "./leases";
export {
  answersOf,
  answersSince,
  assignmentsOf,
  featuresInList,
  findAssignment,
  hasAnswered,
  hasDealtWith,
  mostAnswers,
  queueSettings,
  skipOf,
  type AssignmentRow,
} from "./queue-store";
export { FLAGS, type Flag } from "./tables/opinions";
export { EXACT_MAX_TOKENS } from "./search/contexts";
export { setOf, type FeatureSet } from "./search/feature-set";
export type { FindPage, Found, FoundFeature } from "./search/find";
export type { Given, Hit, Place, Run } from "./search/make-parts";
export { markPatterns, markPhrase, type MarkedPart } from "./search/mark";
export type { Expansion, Pattern } from "./search/text-sets";
