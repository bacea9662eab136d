// Progressive enhancement: all pages of outgoing mail work without this script.
(function () {
  'use strict';

  var dialog;
  var sent = false;

  function close() { if (dialog && dialog.open) { dialog.close(); } }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    made.className = className;
    if (text) { made.textContent = text; }
    return made;
  }

  function frame() {
    if (dialog) { return dialog; }

    dialog = element('dialog', 'om-dialog');
    var head = element('div', 'om-dialog-head');
    var title = element('h2', 'h5 mb-0 text-break');
    var button = element('button', 'btn-close');
    title.id = 'om-dialog-title';
    button.type = 'button';
    button.setAttribute('aria-label', document.getElementById('om-texts').dataset.close);
    button.addEventListener('click', close);
    head.append(title, button);
    dialog.append(head, element('div', 'om-dialog-body'));
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.addEventListener('close', function () {
      dialog.querySelector('.om-dialog-body').replaceChildren();
      refresh();
    });
    document.body.append(dialog);
    return dialog;
  }

  // Shows the dialog part of a page. For any other response, the browser navigates to it.
  function show(answer) {
    var content = new DOMParser().parseFromString(answer.text, 'text/html').querySelector('[data-om-content]');

    if (!answer.response.ok || !content) { window.location.assign(answer.response.url); return; }

    var shown = frame();
    var body = shown.querySelector('.om-dialog-body');
    shown.querySelector('#om-dialog-title').textContent = content.dataset.omContent;
    body.replaceChildren(document.importNode(content, true));
    if (!shown.open) { shown.showModal(); }
    var focus = body.querySelector('#om-result') || body.querySelector('.input-validation-error, input:not([type=hidden])') || body.querySelector('a.btn, button');
    if (focus) { focus.focus(); }
  }

  function load(url, options) {
    return fetch(url, Object.assign({ credentials: 'same-origin' }, options)).then(function (response) {
      return response.text().then(function (text) { return { response: response, text: text }; });
    });
  }

  // A test message changes the status of its server, which the list behind the dialog shows.
  function refresh() {
    if (!sent) { return; }

    sent = false;
    load(window.location.href).then(function (answer) {
      var fresh = new DOMParser().parseFromString(answer.text, 'text/html');
      document.querySelectorAll('[data-om-status]').forEach(function (shown) {
        var now = fresh.querySelector('[data-om-status="' + shown.dataset.omStatus + '"]');
        if (now) { shown.replaceWith(document.importNode(now, true)); }
      });
    }).catch(function () { sent = true; });
  }

  function setBusy(form, busy) {
    form.querySelector('[data-om-busy]').hidden = !busy;
    form.querySelector('button[type=submit]').setAttribute('aria-disabled', String(busy));
    if (busy) { form.dataset.busy = 'yes'; } else { delete form.dataset.busy; }
  }

  document.addEventListener('click', function (event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }

    var link = event.target.closest('a[data-om-dialog]');

    if (link) {
      event.preventDefault();
      load(link.href).then(show).catch(function () { window.location.assign(link.href); });
    } else if (dialog && dialog.open && event.target.closest('[data-om-close]')) {
      event.preventDefault();
      close();
    }
  });

  document.addEventListener('submit', function (event) {
    var form = event.target.closest('form[data-om-send]');

    if (!form) { return; }
    if (form.dataset.busy) { event.preventDefault(); return; }

    setBusy(form, true);

    if (dialog && dialog.contains(form)) {
      event.preventDefault();
      load(form.action, { method: 'POST', body: new FormData(form) })
        .then(function (answer) {
          sent = true;
          // Don't reopen a dialog that was closed in the meantime: the list shows the result.
          if (form.isConnected) { show(answer); } else { refresh(); }
        })
        .catch(function () {
          // Don't retry automatically: the message might be sent twice.
          setBusy(form, false);
          form.parentElement.querySelector('[data-om-lost]').hidden = false;
        });
    }
  });

  // A page from the back/forward cache may have been left while it was sending.
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-om-send]').forEach(function (form) { setBusy(form, false); });
  });

  document.querySelectorAll('[data-om-reveal]').forEach(function (button) {
    var input = document.getElementById(button.dataset.omReveal);
    button.hidden = false;
    button.addEventListener('click', function () {
      var shown = input.type === 'text';
      input.type = shown ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!shown));
      input.focus();
    });
  });

  document.querySelectorAll('[data-om-copy]').forEach(function (button) {
    var input = document.getElementById(button.dataset.omCopy);
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(input.value).then(function () {
        button.setAttribute('aria-label', button.dataset.omCopied);
        button.title = button.dataset.omCopied;
        button.classList.add('active');
      }, function () { input.select(); });
    });
  });

  document.querySelectorAll('[data-om-cloud]').forEach(function (select) {
    var form = select.form;
    var field = function (name) { return form.elements['OutgoingMailConfiguration.' + name]; };
    var tenant = field('TenantId');
    var named = function () { return encodeURIComponent(tenant.value.trim().toLowerCase()) || 'common'; };
    var before = named();

    form.querySelectorAll('[data-om-no-script]').forEach(function (button) { button.remove(); });

    // The endpoints follow the tenant ID unless they were edited to use another tenant.
    tenant.addEventListener('input', function () {
      ['AuthorizationEndpoint', 'TokenEndpoint'].forEach(function (name) {
        var parts = field(name).value.split('/');
        if (parts[3] === before || parts[3] === 'common') { parts[3] = named(); field(name).value = parts.join('/'); }
      });
      before = named();
    });
    select.addEventListener('change', function () {
      var option = select.selectedOptions[0];
      if (!option.dataset.login) { return; }
      var base = 'https://' + option.dataset.login + '/' + named() + '/oauth2/v2.0/';
      field('AuthorizationEndpoint').value = base + 'authorize';
      field('TokenEndpoint').value = base + 'token';
      field('GraphEndpoint').value = option.dataset.graph;
    });
  });

  document.querySelectorAll('[data-om-provider]').forEach(function (select) {
    var form = select.form;
    var field = function (name) { return form.elements['OutgoingMailConfiguration.' + name]; };

    form.querySelectorAll('[data-om-no-script]').forEach(function (button) { button.remove(); });
    select.addEventListener('change', function () {
      var option = select.selectedOptions[0];

      form.querySelectorAll('[data-om-hint]').forEach(function (hint) { hint.hidden = hint.dataset.omHint !== select.value; });

      if (option.dataset.host) {
        fill('Host', option.dataset.host);
        fill('Port', option.dataset.port);
        fill('UseTls', option.dataset.tls);
        fill('UseSsl', option.dataset.ssl);
        warn();
      }
    });

    // A value that is filled in is valid, so the field's earlier error no longer applies.
    function fill(name, value) {
      var filled = field(name);
      filled.value = value;
      filled.classList.remove('input-validation-error');
      form.querySelectorAll('[data-valmsg-for="' + filled.name + '"]').forEach(function (error) { error.replaceChildren(); });
    }

    // Selected by type, because a hidden input has the same name.
    function warn() {
      var needsNoSignIn = form.querySelector('input[type=checkbox][name="OutgoingMailConfiguration.NeedsNoSignIn"]').checked;
      form.querySelector('[data-om-clear]').hidden = field('UseTls').value === 'true' || field('UseSsl').value === 'true' || needsNoSignIn;
    }

    form.addEventListener('change', warn);
  });

  var wrong = document.querySelector('form .input-validation-error');
  if (wrong) { wrong.focus(); }
})();
