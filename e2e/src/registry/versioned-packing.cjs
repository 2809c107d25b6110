// The workspace's pack hook, with a suffix on the versions of all packages (VERSION_SUFFIX): no cache of npm mistakes the
// packages of one test run for those of another.
const { hooks } = require('../../../.pnpmfile.cjs');

const suffix = process.env.VERSION_SUFFIX;

function versioned(ranges = {}) {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => [name, name.startsWith('@taskwire/') ? range + suffix : range]),
  );
}

module.exports = {
  hooks: {
    beforePacking(manifest, ...rest) {
      const { version, dependencies, ...published } = hooks.beforePacking(manifest, ...rest);
      return { ...published, version: version + suffix, dependencies: versioned(dependencies) };
    },
  },
};
