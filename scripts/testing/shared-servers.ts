import setUp from '@taskwire/test-kit/global-setup';
import type { TestProject } from 'vitest/node';

/**
 * Starts PostgreSQL and Redis for the first project that needs them and shares them with all later ones: every
 * project inherits what the root project provides.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const root = project.vitest.getRootProject();
  if (Object.hasOwn(root.getProvidedContext(), 'databaseUrl')) return undefined;
  return setUp(root);
}
