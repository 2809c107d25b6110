// The workspace's pack hook, with a suffix on the versions of all packages (VERSION_SUFFIX): no cache of npm mistakes the
// packages of one test run for those of another.
const { hooks: ofWorkspace } = require('../../../.pnpmfile.cjs');

const suffix = process.env.VERSION_SUFFIX;

function versioned(ranges = {}) {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, range]) => [name, name.startsWith('@taskwire/') ? range + suffix : range]),
  );
}

const hooks = {
  beforePacking(manifest, ...rest) {
    const { version, dependencies, peerDependencies, ...published } = ofWorkspace.beforePacking(manifest, ...rest);
    return {
      ...published,
      version: version + suffix,
      dependencies: versioned(dependencies),
      peerDependencies: versioned(peerDependencies),
    };
  },
};

module.exports = { hooks };
