// Progressive enhancement: all pages of outgoing mail work without this script.
(function () {
  'use strict';

  var dialog;
  var isStatusStale = false;
  var isDialogChanged = false;

  // A page that redirects has a message for the page that it redirects to: the browser itself has to open it.
  var keepRedirects = { redirect: 'manual' };

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
    // A click on the backdrop hits the dialog itself. It closes the dialog unless something was typed.
    dialog.addEventListener('input', function () { isDialogChanged = true; });
    dialog.addEventListener('click', function (event) { if (event.target === dialog && !isDialogChanged) { closeDialog(); } });
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
    isDialogChanged = false;
    if (!target.open) { target.showModal(); }
    var focus = body.querySelector('#om-result') || body.querySelector('[autofocus]') || body.querySelector('.input-validation-error, input:not([type=hidden])') || body.querySelector('a.btn, button');
    if (focus) { focus.focus(); }
  }

  function fetchPage(url, options) {
    return fetch(url, Object.assign({ credentials: 'same-origin' }, options)).then(function (response) {
      return response.text().then(function (text) { return { response: response, text: text }; });
    });
  }

  // Replaces the parts of the page that change by themselves: counts and statuses. A part that is being used stays.
  function refreshLiveParts() {
    return fetchPage(window.location.href, keepRedirects).then(function (page) {
      var newDocument = new DOMParser().parseFromString(page.text, 'text/html');
      document.querySelectorAll('[data-om-live]').forEach(function (current) {
        var replacement = newDocument.querySelector('[data-om-live="' + current.dataset.omLive + '"]');
        if (replacement && !current.contains(document.activeElement)) { current.replaceWith(document.importNode(replacement, true)); }
      });
      return page.response.ok ? newDocument : null;
    });
  }

  // A test message changes the status of its server, which the list behind the dialog shows.
  function refreshServerStatuses() {
    if (!isStatusStale) { return; }

    isStatusStale = false;
    refreshLiveParts().catch(function () { isStatusStale = true; });
  }

  // Some pages refresh while they are looked at. Nobody looks at a page that wasn't used for half an hour.
  if (document.querySelector('[data-om-refresh]')) {
    var lastUse = Date.now();
    var scheduleRefresh = function () {
      var current = document.querySelector('[data-om-refresh]');
      if (current) { window.setTimeout(refresh, Number(current.dataset.omRefresh) * 1000); }
    };
    var refresh = function () {
      if (document.hidden || (dialog && dialog.open) || Date.now() - lastUse > 30 * 60 * 1000) { scheduleRefresh(); return; }
      refreshLiveParts().then(function (newDocument) {
        // Nothing changes any longer: the page may offer more now, such as to send a message again.
        if (newDocument && !newDocument.querySelector('[data-om-refresh]')) { window.location.reload(); }
      }).catch(function () { /* The next time is soon. */ }).finally(scheduleRefresh);
    };
    ['pointermove', 'keydown', 'scroll', 'focus'].forEach(function (name) { window.addEventListener(name, function () { lastUse = Date.now(); }, { passive: true }); });
    scheduleRefresh();
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
      fetchPage(link.href, keepRedirects).then(showInDialog).catch(function () { window.location.assign(link.href); });
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
    fetchPage(url, keepRedirects).then(showInDialog).catch(function () { window.location.assign(url); });
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
    var everythingBox = form.querySelector('[data-om-select-everything]');
    var status = form.querySelector('[data-om-selected-count]');

    function update() {
      var count = boxes.filter(function (box) { return box.checked; }).length;
      allBox.checked = count === boxes.length;
      allBox.indeterminate = count > 0 && count < boxes.length;
      status.textContent = status.dataset.omText.replace('{0}', String(count));
      form.querySelectorAll('button').forEach(function (button) { button.disabled = count === 0 && !(everythingBox && everythingBox.checked); });
    }

    all.hidden = false;
    allBox.addEventListener('change', function () {
      boxes.forEach(function (box) { box.checked = allBox.checked; });
      update();
    });
    boxes.concat(everythingBox || []).forEach(function (box) { box.addEventListener('change', update); });

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

  document.querySelectorAll('[data-om-copy], [data-om-copy-text]').forEach(function (button) {
    var input = document.getElementById(button.dataset.omCopy);
    var label = button.textContent;

    // Browsers offer the clipboard only on secure pages.
    if (!navigator.clipboard) { return; }

    button.hidden = false;
    button.addEventListener('click', function () {
      navigator.clipboard.writeText(input ? input.value : button.dataset.omCopyText).then(function () {
        button.textContent = button.dataset.omCopiedText;
        setTimeout(function () { button.textContent = label; }, 3000);
      }, function () { if (input) { input.select(); } });
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
    var security = form.querySelector('[data-om-security]');
    var field = function (name) { return form.elements['OutgoingMailConfiguration.' + name]; };
    var filledLimits = null;
    var usualPorts = Array.from(security.options, function (option) { return option.dataset.port; });

    form.querySelectorAll('[data-om-without-script]').forEach(function (button) { button.remove(); });
    form.querySelectorAll('[data-om-with-script]').forEach(function (part) { part.hidden = false; });

    // A value that is filled in is valid, so the field's earlier error no longer applies.
    function setFieldValue(name, value) {
      field(name).value = value;
      clearError(form, field(name));
    }

    function setSecurity(option) {
      setFieldValue('UseTls', option.dataset.tls);
      setFieldValue('UseSsl', option.dataset.ssl);
    }

    function selectProvider(value) {
      select.value = value;
      form.querySelectorAll('[data-om-provider-hint]').forEach(function (hint) { hint.hidden = hint.dataset.omProviderHint !== value; });
    }

    function setLimits(minute, day) {
      setFieldValue('MessagesPerMinute', minute);
      setFieldValue('RecipientsPerDay', day);
      filledLimits = minute + '/' + day;
    }

    function fillInProvider() {
      var option = select.selectedOptions[0];

      if (!option.dataset.host) {
        // The limits of another provider don't stay, but typed ones do.
        if (filledLimits === field('MessagesPerMinute').value + '/' + field('RecipientsPerDay').value) { setLimits('', ''); }
        return;
      }

      setFieldValue('Host', option.dataset.host);
      setFieldValue('Port', option.dataset.port);
      setSecurity(option);
      setLimits(option.dataset.minute || '', option.dataset.day || '');
      update();
    }

    function findProvider(matches) { return Array.from(select.options).find(function (option) { return option.dataset.host && matches(option); }); }

    function findProviderOfDomain(domain) {
      return findProvider(function (option) { return domain !== '' && option.dataset.domains.split(' ').indexOf(domain) >= 0; });
    }

    // Selected by type, because a hidden input has the same name.
    function update() {
      var needsNoSignIn = form.querySelector('input[type=checkbox][name="OutgoingMailConfiguration.NeedsNoSignIn"]').checked;
      var chosen = Array.from(security.options).find(function (option) { return option.dataset.tls === field('UseTls').value && option.dataset.ssl === field('UseSsl').value; });
      security.value = chosen ? chosen.value : '';
      form.querySelector('[data-om-unencrypted-warning]').hidden = field('UseTls').value === 'true' || field('UseSsl').value === 'true' || needsNoSignIn;
    }

    select.addEventListener('change', function () {
      selectProvider(select.value);
      fillInProvider();
    });

    security.addEventListener('change', function () {
      var option = security.selectedOptions[0];
      setSecurity(option);
      // A port that was chosen on purpose stays.
      if (!field('Port').value.trim() || usualPorts.indexOf(field('Port').value.trim()) >= 0) { setFieldValue('Port', option.dataset.port); }
    });

    // The domain of a provider's mailboxes fills in its settings. The name of its server only selects it.
    field('Host').addEventListener('change', function () {
      var host = field('Host').value.trim().toLowerCase();
      var owner = findProviderOfDomain(host);
      // Several providers may have the same host.
      var chosen = select.selectedOptions[0].dataset.host === host ? select.selectedOptions[0] : null;
      var provider = owner || chosen || findProvider(function (option) { return option.dataset.host === host; });

      selectProvider(provider ? provider.value : '');
      if (owner || !provider) { fillInProvider(); }
    });

    field('Username').addEventListener('change', function () {
      var address = field('Username').value.trim();
      var domain = address.indexOf('@') > 0 ? address.slice(address.lastIndexOf('@') + 1).toLowerCase() : '';
      var owner = findProviderOfDomain(domain);

      if (owner && !field('Host').value.trim()) {
        selectProvider(owner.value);
        fillInProvider();
      }

      if (domain && !field('DefaultFrom').value.trim()) { setFieldValue('DefaultFrom', address); }
    });

    form.addEventListener('change', update);
    update();
  });

  function clearError(form, input) {
    input.classList.remove('input-validation-error');
    input.removeAttribute('aria-invalid');
    form.querySelectorAll('[data-valmsg-for="' + input.name + '"]').forEach(function (error) { error.replaceChildren(); });
  }

  // Leaving a form with unsaved input asks first. A form that is shown again has unsaved input from the start.
  document.querySelectorAll('form[data-om-form]').forEach(function (form) {
    var echo = form.querySelector('[data-om-recipient-echo]');
    var recipient = form.querySelector('[data-om-recipient]');
    var isChanged = form.hasAttribute('data-om-changed');
    var isSubmitting = false;

    form.addEventListener('input', function (event) { isChanged = isChanged || event.target !== recipient; });
    form.addEventListener('submit', function () { isSubmitting = true; });
    window.addEventListener('pageshow', function () { isSubmitting = false; });
    window.addEventListener('beforeunload', function (event) {
      if (isChanged && !isSubmitting) { event.preventDefault(); }
    });

    if (echo) {
      recipient.addEventListener('input', function () { echo.textContent = recipient.value.trim() ? echo.dataset.omText.replace('{0}', recipient.value.trim()) : ''; });
    }
  });

  // Shows the errors that the same form has in a response.
  function showErrors(form, response) {
    var firstInvalid;
    var oldSummary = document.querySelector('[data-om-summary]');
    var newSummary = response.querySelector('[data-om-summary]');

    if (oldSummary) { oldSummary.remove(); }
    if (newSummary) { form.before(document.importNode(newSummary, true)); }

    form.querySelectorAll('[data-valmsg-for]').forEach(function (error) {
      var newError = response.querySelector('[data-valmsg-for="' + error.dataset.valmsgFor + '"]');
      error.replaceChildren.apply(error, newError ? Array.from(newError.childNodes) : []);
    });
    Array.from(form.elements).filter(function (input) { return input.name && input.type !== 'hidden'; }).forEach(function (input) {
      var isInvalid = response.querySelector('.input-validation-error[name="' + input.name + '"]') !== null;
      input.classList.toggle('input-validation-error', isInvalid);

      if (!isInvalid) { input.removeAttribute('aria-invalid'); return; }

      input.setAttribute('aria-invalid', 'true');
      if (input.closest('details')) { input.closest('details').open = true; }
      firstInvalid = firstInvalid || input;
    });

    if (firstInvalid) { firstInvalid.focus(); }
  }

  // Tests in the background, so that the form keeps everything that was typed, including passwords.
  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-om-test-unsaved]');

    if (!button) { return; }

    event.preventDefault();

    var form = button.form;
    var sending = form.querySelector('[data-om-sending]');
    var lost = form.querySelector('[data-om-connection-lost]');

    if (!sending.hidden) { return; }

    sending.hidden = false;
    lost.hidden = true;
    button.setAttribute('aria-disabled', 'true');

    // The value of the button is set here, because older browsers don't add it to the data of a form.
    var body = new FormData(form);
    body.set(button.name, button.value);
    body.set('inBackground', 'true');
    fetchPage(form.action, { method: 'POST', body: body })
      .then(function (page) {
        var response = new DOMParser().parseFromString(page.text, 'text/html');
        var hasForm = response.querySelector('form[data-om-form]') !== null;

        if (hasForm && !page.response.ok) {
          // The server was deleted in the meantime: its page offers the input as a new one.
          form.requestSubmit(button);
        } else if (hasForm && !response.querySelector('[data-om-dialog-content]')) {
          showErrors(form, response);
        } else {
          showErrors(form, new Document());
          showInDialog(page);
        }
      })
      .catch(function () { lost.hidden = false; })
      .finally(function () {
        sending.hidden = true;
        button.removeAttribute('aria-disabled');
      });
  });

  // The code and state of a sign-in that wasn't completed are of no use, and don't belong in bookmarks and screenshots.
  if (document.querySelector('[data-om-clean-address]')) { history.replaceState(null, '', location.pathname); }

  var firstInvalidField = document.querySelector('form .input-validation-error');
  if (firstInvalidField) { firstInvalidField.focus(); }
})();
