import './no-eval.ts';

// The page
export { createWebPage } from './web-page.ts';
export type { WebPage } from './web-page.ts';
export { createValueStore } from './value-store.ts';
export type { ReadableStore, ValueStore } from './value-store.ts';

// Where the reader is
export { formatRoute, parseRoute } from './route.ts';
export type { DocumentRoute, Route } from './route.ts';
export type { RouteStore } from './route-store.ts';
export { STATUS_FILTERS, STATUS_FILTER_WORDS, filterInput, parseStatusFilter } from './status-filter.ts';
export type { StatusFilter } from './status-filter.ts';

// Who the reader is, and how they like it
export { SESSION_OVER, createSession } from './session.ts';
export type { Session, SessionState, SignedIn } from './session.ts';
export type { CreateClient, SessionClients } from './session-clients.ts';
export { THEME_MODES, THEME_MODE_WORDS, createThemeStore, nextThemeMode } from './theme-mode.ts';
export type { ThemeMode, ThemeStore } from './theme-mode.ts';
export type { TaskTitles } from './task-titles.ts';

// Words and figures
export {
  formatBytes,
  formatCount,
  formatDuration,
  formatName,
  formatPercent,
  formatTime,
  formatWhen,
} from './format.ts';
export { errorCodeOf, errorWords } from './error-words.ts';
export type { ErrorWords, PageErrorCode } from './error-words.ts';
export { CONNECTION_WORDS, STATUS_WORDS, hasEnded, runAgainRefusal, timeLine } from './task-words.ts';
export {
  STAGE_WORDS,
  announcement,
  runningStage,
  stageDetail,
  stageLook,
  stagePercent,
  stageShare,
} from './stage-words.ts';
export type { StageLook } from './stage-words.ts';
export type { Remark } from './remark.ts';
export { taskRemarks } from './task-remarks.ts';
export type { RemarkableView } from './task-remarks.ts';
export { kindNote, kindSummary, resultFacts, taskTitle } from './task-facts.ts';
export type { TaskOutcome } from './task-facts.ts';
export type { Fact } from './fact.ts';

// Documents and what a search finds in them
export { documentFacts, warningsRemark } from './document-facts.ts';
export type { DocumentFindings } from './document-facts.ts';
export { documentBadge, documentDetail } from './document-rows.ts';
export type { DocumentRowFacts } from './document-rows.ts';
export { firstRange, passagesOf, rangeBefore, rangeFrom } from './page-passages.ts';
export type { PagePieceView, Passage, TextRange } from './page-passages.ts';
export { headingTrail, hitAddress, hitPlaceWords } from './hit-words.ts';
export type { HitPlace } from './hit-words.ts';

// Running a task again
export { newRequestKey } from './request-key.ts';

// Uploads and lists
export { acceptAttribute, fileProblem, kindUploadRules, uploadHint } from './upload-rules.ts';
export type { UploadRules } from './upload-rules.ts';
export { LIST_REFRESH_MS, listRefresh, liveTaskIds } from './live-rows.ts';
