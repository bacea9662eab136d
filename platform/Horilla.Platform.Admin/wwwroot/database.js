// Shows the fields of a database only while it is selected. Without scripts, all fields are shown.
(function () {
  'use strict';

  var choice = document.querySelector('[data-ta-provider]');

  if (!choice) { return; }

  function show() {
    document.querySelectorAll('[data-ta-provider-fields]').forEach(function (fields) {
      fields.hidden = fields.dataset.taProviderFields !== choice.value;
    });
  }

  choice.addEventListener('change', show);
  show();
})();
