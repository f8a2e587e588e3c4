/** Runs the code of another Action in a scope of its own, so that its names meet no others, and answers its handler. */
function handlerOf(code) {
  const module = { exports: {} };
  code.call(module.exports, module, module.exports);
  return module.exports.onExecuteCustomPhoneProvider;
}
