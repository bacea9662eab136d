// Progressive enhancement: the admin panel works without this script.
(function () {
  'use strict';

  var userMenu = document.querySelector('.ta-user');
  var sideMenu = document.getElementById('ta-left-sidebar');
  var openSideMenu = document.querySelector('.ta-menu-open');

  function closeUserMenu(returnFocus) {
    if (!userMenu || !userMenu.open) { return; }

    userMenu.open = false;
    if (returnFocus) { userMenu.querySelector('summary').focus(); }
  }

  function isSideMenuOpen() { return sideMenu !== null && location.hash === '#' + sideMenu.id; }

  function closeSideMenu() {
    location.hash = '#';
    openSideMenu.focus();
  }

  document.addEventListener('keydown', function (event) {
    if (event.key !== 'Escape') { return; }

    if (userMenu && userMenu.open) { closeUserMenu(true); } else if (isSideMenuOpen()) { closeSideMenu(); }
  });

  document.addEventListener('click', function (event) {
    if (userMenu && !userMenu.contains(event.target)) { closeUserMenu(false); }

    if (event.target.closest('.ta-menu-close')) {
      event.preventDefault();
      closeSideMenu();
    } else if (isSideMenuOpen() && !sideMenu.contains(event.target) && !event.target.closest('.ta-menu-open')) {
      closeSideMenu();
    }

    var dismiss = event.target.closest('[data-ta-dismiss]');
    if (dismiss) { dismiss.closest('.alert').remove(); }
  });

  // Tabbing out of the menu closes it as well.
  if (userMenu) {
    userMenu.addEventListener('focusout', function (event) {
      if (event.relatedTarget && !userMenu.contains(event.relatedTarget)) { closeUserMenu(false); }
    });
  }

  // Groups of the menu stay folded on other pages, except the group of the current page.
  var foldedKey = 'theadmin-folded';

  function readFolded() {
    try { return JSON.parse(localStorage.getItem(foldedKey)) || []; } catch { return []; }
  }

  document.querySelectorAll('[data-ta-group]').forEach(function (group) {
    group.open = readFolded().indexOf(group.dataset.taGroup) < 0 || group.querySelector('.active') !== null;
    group.addEventListener('toggle', function () {
      var others = readFolded().filter(function (name) { return name !== group.dataset.taGroup; });
      try { localStorage.setItem(foldedKey, JSON.stringify(group.open ? others : others.concat(group.dataset.taGroup))); } catch { /* Storage is blocked: the groups are open on the next page. */ }
    });
  });

  document.querySelectorAll('[data-ta-dismiss]').forEach(function (button) { button.hidden = false; });
})();
