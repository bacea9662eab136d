// Applies the stored theme, or else the one that the system prefers, and puts the page first in the title of the tab. Runs in the
// head so that the page doesn't flash.
(function () {
  'use strict';

  var key = 'theadmin-theme';
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');

  function stored() {
    try { return localStorage.getItem(key); } catch { return null; }
  }

  function apply() {
    root.dataset.bsTheme = stored() || (dark.matches ? 'dark' : 'light');
  }

  apply();
  dark.addEventListener('change', apply);

  var site = document.querySelector('title').dataset.taSite;
  var separator = ' - ';

  if (document.title.indexOf(site + separator) === 0) { document.title = document.title.slice(site.length + separator.length) + separator + site; }

  document.addEventListener('DOMContentLoaded', function () {
    var button = document.getElementById('ta-theme');

    if (!button) { return; }

    button.hidden = false;
    button.addEventListener('click', function () {
      try { localStorage.setItem(key, root.dataset.bsTheme === 'dark' ? 'light' : 'dark'); } catch { /* Storage is blocked: the system's preference stays in effect. */ }
      apply();
    });
  });
})();
