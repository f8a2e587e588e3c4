// console: one line of text for each call, objects as JSON.

// json is JSON.stringify that never throws and always answers text.
function json(value) {
  try {
    const text = stringify(value);
    return text === undefined ? 'null' : text;
  } catch (error) {
    return stringify('[' + describe(value) + ']');
  }
}

function describe(value) {
  try { return String(value); } catch { return typeof value; }
}

function shown(value) {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return describe(value);
  if (typeof value === 'object' && value !== null) return json(value);
  return typeof value === 'function' ? '[Function]' : describe(value);
}

function format(args) {
  let first = 0, line = '';
  if (typeof args[0] === 'string' && args.length > 1) {
    first = 1;
    line = args[0].replace(/%[sdifjoO%]/g, (spec) => {
      if (spec === '%%') return '%';
      return first < args.length ? shown(args[first++]) : spec;
    });
  }
  for (let i = first; i < args.length; i++) line += (i > 0 ? ' ' : '') + shown(args[i]);
  return line;
}

function makeConsole(write) {
  const console = {};
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir']) {
    console[level] = (...args) => { write(format(args)); };
  }
  for (const quiet of ['assert', 'clear', 'count', 'group', 'groupCollapsed', 'groupEnd', 'table', 'time', 'timeEnd', 'timeLog']) {
    console[quiet] = () => {};
  }
  return console;
}
