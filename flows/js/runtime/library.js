// What Go calls in a library: a global function by name, arguments and result as JSON.

globalThis.console = makeConsole(() => {});

return (name, args) => {
  const result = stringify(globalThis[name](...parse(args)));
  return result === undefined ? 'null' : result;
};
