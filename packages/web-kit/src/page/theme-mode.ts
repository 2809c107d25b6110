import { createValueStore, type ReadableStore } from '../stores/value-store.ts';

/** The key that theme-boot.js reads before the first paint. */
const THEME_KEY = 'taskwire.theme';

export const THEME_MODES = ['system', 'light', 'dark'] as const;
export type ThemeMode = (typeof THEME_MODES)[number];

export const THEME_MODE_WORDS = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
} as const satisfies Record<ThemeMode, string>;

/** The reader's mode: light, dark, or the system's. The browser keeps it for the next visit. */
export interface ThemeStore extends ReadableStore<ThemeMode> {
  choose: (mode: ThemeMode) => void;
}

/** The mode after this one; after the last comes the first. */
export function nextThemeMode(mode: ThemeMode): ThemeMode {
  return THEME_MODES[(THEME_MODES.indexOf(mode) + 1) % THEME_MODES.length] ?? 'system';
}

/** Applies the reader's mode to the page and stores it. */
export function createThemeStore(page: Window): ThemeStore {
  const root = page.document.documentElement;
  const store = createValueStore<ThemeMode>(THEME_MODES.find((mode) => mode === root.dataset['theme']) ?? 'system');
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    choose(mode) {
      if (mode === 'system') delete root.dataset['theme'];
      else root.dataset['theme'] = mode;
      remember(page.localStorage, mode);
      store.set(mode);
    },
  };
}

function remember(storage: Storage, mode: ThemeMode): void {
  try {
    if (mode === 'system') storage.removeItem(THEME_KEY);
    else storage.setItem(THEME_KEY, mode);
  } catch {
    // The mode lasts as long as the page.
  }
}
