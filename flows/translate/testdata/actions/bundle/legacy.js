(() => {
  'use strict';
  var modules = { 7: (module) => { module.exports = require('axios'); } };
  var loaded = {};
  function load(id) {
    var known = loaded[id];
    if (known !== undefined) return known.exports;
    var module = (loaded[id] = { exports: {} });
    modules[id](module, module.exports, load);
    return module.exports;
  }
  var result = {};
  (() => {
    var out = result;
    Object.defineProperty(out, '__esModule', { value: true });
    const axios = load(7);
    out.onExecuteSendPhoneMessage = async (event) => {
      await axios.post(event.secrets.GATEWAY_URL, { to: event.message_options.recipient, text: event.message_options.text });
    };
  })();
  module.exports = result;
})();
