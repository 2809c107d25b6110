// Loaded ahead of the styles, so that a page never flashes in the mode that its reader did not choose.
(function (window) {
  try {
    var mode = window.localStorage.getItem('taskwire.theme');
    if (mode === 'light' || mode === 'dark') window.document.documentElement.dataset.theme = mode;
  } catch {
    // Storage may be forbidden: then the page follows the system.
  }
})(this);
