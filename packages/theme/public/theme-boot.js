// This script loads before the styles, so that a page does not flash in another mode than its reader's.
(function (window) {
  try {
    var mode = window.localStorage.getItem('taskwire.theme');
    if (mode === 'light' || mode === 'dark') window.document.documentElement.dataset.theme = mode;
  } catch {
    // If the storage is forbidden, the page follows the system.
  }
})(this);
