// Progressive enhancement: all pages of outgoing mail work without this script.
(function () {
  'use strict';

  var dialog;
  var isStatusStale = false;

  function closeDialog() { if (dialog && dialog.open) { dialog.close(); } }

  function createElement(tag, className, text) {
    var created = document.createElement(tag);
    created.className = className;
    if (text) { created.textContent = text; }
    return created;
  }

  function getOrCreateDialog() {
    if (dialog) { return dialog; }

    dialog = createElement('dialog', 'om-dialog');
    var header = createElement('div', 'om-dialog-header');
    var title = createElement('h2', 'h5 mb-0 text-break');
    var closeButton = createElement('button', 'btn-close');
    title.id = 'om-dialog-title';
    closeButton.type = 'button';
    closeButton.setAttribute('aria-label', document.getElementById('om-localized-texts').dataset.close);
    closeButton.addEventListener('click', closeDialog);
    header.append(title, closeButton);
    dialog.append(header, createElement('div', 'om-dialog-body'));
    dialog.setAttribute('aria-labelledby', title.id);
    dialog.addEventListener('close', function () {
      dialog.querySelector('.om-dialog-body').replaceChildren();
      refreshServerStatuses();
    });
    document.body.append(dialog);
    return dialog;
  }

  // Shows the dialog part of a page. For any other response, the browser navigates to it.
  function showInDialog(page) {
    var content = new DOMParser().parseFromString(page.text, 'text/html').querySelector('[data-om-dialog-content]');

    if (!page.response.ok || !content) { window.location.assign(page.response.url); return; }

    var target = getOrCreateDialog();
    var body = target.querySelector('.om-dialog-body');
    target.querySelector('#om-dialog-title').textContent = content.dataset.omDialogContent;
    body.replaceChildren(document.importNode(content, true));
    if (!target.open) { target.showModal(); }
    var focus = body.querySelector('#om-result') || body.querySelector('[autofocus]') || body.querySelector('.input-validation-error, input:not([type=hidden])') || body.querySelector('a.btn, button');
    if (focus) { focus.focus(); }
  }

  function fetchPage(url, options) {
    return fetch(url, Object.assign({ credentials: 'same-origin' }, options)).then(function (response) {
      return response.text().then(function (text) { return { response: response, text: text }; });
    });
  }

  // A test message changes the status of its server, which the list behind the dialog shows.
  function refreshServerStatuses() {
    if (!isStatusStale) { return; }

    isStatusStale = false;
    fetchPage(window.location.href).then(function (page) {
      var newDocument = new DOMParser().parseFromString(page.text, 'text/html');
      document.querySelectorAll('[data-om-server-id]').forEach(function (current) {
        var replacement = newDocument.querySelector('[data-om-server-id="' + current.dataset.omServerId + '"]');
        if (replacement) { current.replaceWith(document.importNode(replacement, true)); }
      });
    }).catch(function () { isStatusStale = true; });
  }

  function setBusy(form, busy) {
    form.querySelector('[data-om-sending]').hidden = !busy;
    form.querySelector('button[type=submit]').setAttribute('aria-disabled', String(busy));
    if (busy) { form.dataset.submitting = 'true'; } else { delete form.dataset.submitting; }
  }

  document.addEventListener('click', function (event) {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) { return; }

    var link = event.target.closest('a[data-om-open-dialog]');

    if (link) {
      event.preventDefault();
      fetchPage(link.href).then(showInDialog).catch(function () { window.location.assign(link.href); });
    } else if (dialog && dialog.open && event.target.closest('[data-om-close-dialog]')) {
      event.preventDefault();
      closeDialog();
    }
  });

  // A form that only asks for a page: the choice of what to do with the selected servers.
  document.addEventListener('submit', function (event) {
    var form = event.target.closest('form[data-om-open-dialog]');

    if (!form) { return; }

    var url = new URL((event.submitter && event.submitter.formAction) || form.action);
    url.search = new URLSearchParams(new FormData(form)).toString();
    event.preventDefault();
    fetchPage(url).then(showInDialog).catch(function () { window.location.assign(url); });
  });

  document.addEventListener('submit', function (event) {
    var form = event.target.closest('form[data-om-test-form]');

    if (!form) { return; }
    if (form.dataset.submitting) { event.preventDefault(); return; }

    setBusy(form, true);

    if (dialog && dialog.contains(form)) {
      event.preventDefault();
      fetchPage(form.action, { method: 'POST', body: new FormData(form) })
        .then(function (page) {
          isStatusStale = true;
          // Don't reopen a dialog that was closed in the meantime: the list shows the result.
          if (form.isConnected) { showInDialog(page); } else { refreshServerStatuses(); }
        })
        .catch(function () {
          // Don't retry automatically: the message might be sent twice.
          setBusy(form, false);
          form.parentElement.querySelector('[data-om-connection-lost]').hidden = false;
        });
    }
  });

  // A page from the back/forward cache may have been left while it was sending.
  window.addEventListener('pageshow', function () {
    document.querySelectorAll('form[data-om-test-form]').forEach(function (form) { setBusy(form, false); });
  });

  document.querySelectorAll('[data-om-selection]').forEach(function (form) {
    var boxes = Array.from(document.querySelectorAll('input[form="' + form.id + '"]'));
    var all = form.querySelector('[data-om-select-all]');
    var allBox = all.querySelector('input');
    var status = form.querySelector('[data-om-selected-count]');

    function update() {
      var count = boxes.filter(function (box) { return box.checked; }).length;
      allBox.checked = count === boxes.length;
      allBox.indeterminate = count > 0 && count < boxes.length;
      status.textContent = status.dataset.omText.replace('{0}', String(count));
      form.querySelectorAll('button').forEach(function (button) { button.disabled = count === 0; });
    }

    all.hidden = false;
    allBox.addEventListener('change', function () {
      boxes.forEach(function (box) { box.checked = allBox.checked; });
      update();
    });
    boxes.forEach(function (box) { box.addEventListener('change', update); });

    // The browser restores the boxes after the back button.
    window.addEventListener('pageshow', update);
    update();
  });

  document.querySelectorAll('[data-om-toggle-password]').forEach(function (button) {
    var input = document.getElementById(button.dataset.omTogglePassword);
    button.hidden = false;
    button.addEventListener('click', function () {
      var isVisible = input.type === 'text';
      input.type = isVisible ? 'password' : 'text';
      button.setAttribute('aria-pressed', String(!isVisible));
      input.focus();
    });
  });

  document.querySelectorAll('[data-om-copy]').forEach(function (button) {
    var input = document.getElementById(button.dataset.omCopy);
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(input.value).then(function () {
        button.setAttribute('aria-label', button.dataset.omCopiedText);
        button.title = button.dataset.omCopiedText;
        button.classList.add('active');
      }, function () { input.select(); });
    });
  });

  document.querySelectorAll('[data-om-cloud-select]').forEach(function (select) {
    var form = select.form;
    var field = function (name) { return form.elements['OutgoingMailConfiguration.' + name]; };
    var tenant = field('TenantId');
    var getTenantSegment = function () { return encodeURIComponent(tenant.value.trim().toLowerCase()) || 'common'; };
    var previousTenant = getTenantSegment();

    form.querySelectorAll('[data-om-without-script]').forEach(function (button) { button.remove(); });

    // The endpoints follow the tenant ID unless they were edited to use another tenant.
    tenant.addEventListener('input', function () {
      ['AuthorizationEndpoint', 'TokenEndpoint'].forEach(function (name) {
        var parts = field(name).value.split('/');
        if (parts[3] === previousTenant || parts[3] === 'common') { parts[3] = getTenantSegment(); field(name).value = parts.join('/'); }
      });
      previousTenant = getTenantSegment();
    });
    select.addEventListener('change', function () {
      var option = select.selectedOptions[0];
      if (!option.dataset.loginHost) { return; }
      var base = 'https://' + option.dataset.loginHost + '/' + getTenantSegment() + '/oauth2/v2.0/';
      field('AuthorizationEndpoint').value = base + 'authorize';
      field('TokenEndpoint').value = base + 'token';
      field('GraphEndpoint').value = option.dataset.graphEndpoint;
    });
  });

  document.querySelectorAll('[data-om-provider-select]').forEach(function (select) {
    var form = select.form;
    var field = function (name) { return form.elements['OutgoingMailConfiguration.' + name]; };

    form.querySelectorAll('[data-om-without-script]').forEach(function (button) { button.remove(); });
    select.addEventListener('change', function () {
      var option = select.selectedOptions[0];

      form.querySelectorAll('[data-om-provider-hint]').forEach(function (hint) { hint.hidden = hint.dataset.omProviderHint !== select.value; });

      if (option.dataset.host) {
        setFieldValue('Host', option.dataset.host);
        setFieldValue('Port', option.dataset.port);
        setFieldValue('UseTls', option.dataset.tls);
        setFieldValue('UseSsl', option.dataset.ssl);
        updateUnencryptedWarning();
      }
    });

    // A value that is filled in is valid, so the field's earlier error no longer applies.
    function setFieldValue(name, value) {
      var input = field(name);
      input.value = value;
      input.classList.remove('input-validation-error');
      form.querySelectorAll('[data-valmsg-for="' + input.name + '"]').forEach(function (error) { error.replaceChildren(); });
    }

    // Selected by type, because a hidden input has the same name.
    function updateUnencryptedWarning() {
      var needsNoSignIn = form.querySelector('input[type=checkbox][name="OutgoingMailConfiguration.NeedsNoSignIn"]').checked;
      form.querySelector('[data-om-unencrypted-warning]').hidden = field('UseTls').value === 'true' || field('UseSsl').value === 'true' || needsNoSignIn;
    }

    form.addEventListener('change', updateUnencryptedWarning);
  });

  var firstInvalidField = document.querySelector('form .input-validation-error');
  if (firstInvalidField) { firstInvalidField.focus(); }
})();
