// Loads the code in event.code as Auth0 does, and tells which functions it exports.
exports.upeExports = async (event) => {
  const module = { exports: {} };
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];
  new Function(...parameters, event.code).call(module.exports, module.exports, require, module, '/action.js', '/');
  const names = typeof module.exports === 'function' ? ['module.exports'] : [];
  return names.concat(Object.keys(module.exports).filter((name) => typeof module.exports[name] === 'function'));
};
