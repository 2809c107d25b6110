// What a published manifest must not say: how the workspace builds a package, and entry points that only sources have.

/** The condition by which the workspace takes a package from its sources. */
const SOURCE = 'taskwire-source';

const UNPUBLISHED = ['scripts', 'devDependencies'];

function publishedTarget(target) {
  if (typeof target === 'string') return target;
  return Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== SOURCE));
}

function publishedExports(exports) {
  const targets = Object.entries(exports).map(([name, target]) => [name, publishedTarget(target)]);
  return Object.fromEntries(targets.filter(([, target]) => Object.keys(target).length > 0));
}

module.exports = {
  hooks: {
    beforePacking(manifest) {
      const kept = Object.entries(manifest).filter(([field]) => !UNPUBLISHED.includes(field));
      const published = Object.fromEntries(kept);
      if (manifest.exports !== undefined) published.exports = publishedExports(manifest.exports);
      return published;
    },
  },
};
