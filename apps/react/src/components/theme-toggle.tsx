import { THEME_MODE_WORDS, nextThemeMode } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { usePage } from '../page-context.ts';

/** Goes round the modes: system, light, dark. */
export function ThemeToggle(): ReactNode {
  const { theme } = usePage();
  const mode = useStore(theme);
  const label = `Theme: ${THEME_MODE_WORDS[mode]}`;
  return (
    <button
      type="button"
      className="button button--quiet button--small"
      data-testid="theme-toggle"
      data-mode={mode}
      title={label}
      onClick={() => theme.choose(nextThemeMode(mode))}
    >
      <span className={`mode-icon mode-icon--${mode}`} aria-hidden="true" />
      <span className="visually-hidden">{label}</span>
    </button>
  );
}
