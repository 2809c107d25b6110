import { DEFAULT_LIMITS, type ReadingLimits } from '@taskwire/documents';
import type { RecognitionSettings } from './recognition/recognition-settings.ts';

/** Settings for reading documents. */
export interface ReadingSettings {
  limits: ReadingLimits;
  /** Absent: text recognition is off. */
  recognition?: RecognitionSettings;
}

export const DEFAULT_READING: ReadingSettings = { limits: DEFAULT_LIMITS };
