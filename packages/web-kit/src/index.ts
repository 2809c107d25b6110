import './no-eval.ts';

// The page
export { createWebPage } from './page/web-page.ts';
export type { WebPage } from './page/web-page.ts';
export { formatRoute, navigationLinks, parseRoute } from './page/route.ts';
export type { DocumentRoute, NavigationLink, Route } from './page/route.ts';
export type { RouteStore } from './page/route-store.ts';
export { THEME_MODES, THEME_MODE_WORDS, createThemeStore, nextThemeMode } from './page/theme-mode.ts';
export type { ThemeMode, ThemeStore } from './page/theme-mode.ts';
export { errorCodeOf, errorWords } from './page/error-words.ts';
export type { ErrorWords, PageErrorCode } from './page/error-words.ts';
export { createValueStore } from './stores/value-store.ts';
export type { ReadableStore, ValueStore } from './stores/value-store.ts';

// The signed-in person
export { SESSION_OVER, createSession, signOutIfRefused } from './session/session.ts';
export type { Session, SessionState, SignedIn } from './session/session.ts';
export type { StandardAppRouter } from './session/server-router.ts';
export type { CreateClient, PageClient, SessionClients } from './session/session-clients.ts';
export type { SignInCode } from './session/sign-in-code.ts';
export type { TaskTitles } from './session/task-titles.ts';

// Figures
export { formatBytes, formatCount, formatName, formatPercent, formatTime } from '@taskwire/tasks';

// One task
export { CONNECTION_WORDS, STATUS_WORDS, hasEnded } from './tasks/task-words.ts';
export { announcement, barSegments, taskWindowTitle, timeLine } from './tasks/task-progress.ts';
export type { BarSegment, TaskProgress } from './tasks/task-progress.ts';
export { runningStage, stageDetail, stageRows } from '@taskwire/tasks';
export type { StageLook, StageRow } from '@taskwire/tasks';
export type { Remark } from './tasks/remark.ts';
export { taskRemarks } from './tasks/task-remarks.ts';
export type { RemarkableView } from './tasks/task-remarks.ts';
export { kindNote, resultFacts, taskTitle } from './tasks/task-facts.ts';
export type { TaskOutcome } from './tasks/task-facts.ts';
export { documentIngest } from './tasks/known-tasks.ts';
export { INGEST_BUTTON_WORDS, ingestFile, newRequestKey, runAgainRefusal } from './tasks/start-task.ts';
export type { IngestDependencies, IngestPhase, IngestState } from './tasks/start-task.ts';

// Documents and search
export { documentFacts, warningsRemark } from './documents/document-facts.ts';
export type { DocumentFindings, Fact } from './documents/document-facts.ts';
export { pageLinks, turnedTo } from './documents/page-links.ts';
export type { PageLink } from './documents/page-links.ts';
export { firstRange, passagesOf, rangeBefore, rangeFrom } from './documents/page-passages.ts';
export type { PagePieceView, Passage, TextRange } from './documents/page-passages.ts';
export { headingTrail, hitAddress, hitCountWords, hitPlaceWords, nothingFoundWords } from './documents/hit-words.ts';
export type { HitPlace } from './documents/hit-words.ts';
export { acceptAttribute, fileProblem, kindUploadRules, uploadHint } from './documents/upload-rules.ts';
export type { UploadRules } from './documents/upload-rules.ts';

// Lists
export { STATUS_FILTERS, STATUS_FILTER_WORDS, parseStatusFilter } from './lists/status-filter.ts';
export type { StatusFilter } from './lists/status-filter.ts';
export { LIST_REFRESH_MS, listRefresh, liveTaskIds, noTasksWords, taskListInput, taskRow } from './lists/task-list.ts';
export type { ListedTask, TaskRow, TaskRowOptions } from './lists/task-list.ts';
export { LIST_PAGE_SIZE, documentRow } from './lists/document-list.ts';
export type { DocumentRow, ListedDocument } from './lists/document-list.ts';
