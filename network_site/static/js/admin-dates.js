"use strict";
// Wagtail's date picker puts this very moment in place of what it cannot read, when the field is
// left, and moves an hour that does not exist. The server reads many ways of writing a date
// (network_site/core/dates.py) and says in words what it cannot read: what is typed stays.
// Loaded on every page of the back office, before the fields set their pickers up.
(() => {
  const { defaults } = jQuery.fn.datetimepicker;
  defaults.validateOnBlur = false;
  // It opens a tenth of a second after the field is entered: whoever has left it by then would
  // find it over the next field or button, with nothing to close it.
  defaults.onShow = (_time, input) => input.is(":focus");
  // Years offered by the list: texts in force are older than its 1950.
  defaults.yearStart = 1850;
  defaults.yearEnd = 2100;
})();
