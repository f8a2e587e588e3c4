// What Go calls. A fault in a template is an answer, not an exception, so that
// its place survives.

// No partials exist: {% render %} and {% include %} fail by name instead of
// looking for a file or an address.
const engine = new liquidjs.Liquid({ templates: {}, ownPropertyOnly: true });

function attempt(work) {
  try {
    return { value: work() };
  } catch (error) {
    const cause = (error && error.originalError) || error;
    // Out of memory and the like are no fault of a place in the template.
    if (!error || !error.token || cause instanceof InternalError) throw cause;
    const [line, column] = error.token.getPosition();
    return { fault: { line, column, message: cause.message.replace(/, line:\d+, col:\d+$/, '') } };
  }
}

function check(template) {
  return attempt(() => { engine.parse(template); });
}

function render(template, vars) {
  return attempt(() => engine.parseAndRenderSync(template, vars));
}

function variables(template) {
  return attempt(() => engine.globalFullVariablesSync(template, { partials: false }));
}
