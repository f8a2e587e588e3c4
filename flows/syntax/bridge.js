// What Go calls. The tree crosses as rows of seven numbers, in the order of the source: type, field of the parent, start, end,
// text, flags, number of children; the first two and text are indexes into strings. Offsets are in UTF-16 units.

// textOf is what tells one node from another of its type: a name, an operator, a kind, the value of a string.
function textOf(node) {
  switch (node.type) {
    case 'Identifier': case 'PrivateIdentifier': return node.name;
    case 'Literal': return typeof node.value === 'string' ? node.value : node.raw;
    case 'TemplateElement': return node.value.cooked ?? node.value.raw;
    default: return node.operator ?? (typeof node.kind === 'string' ? node.kind : '');
  }
}

// flags are the bits that node.go names.
function flags(node) {
  return (node.computed === true ? 1 : 0) | (node.shorthand === true ? 2 : 0) | (node.optional === true ? 4 : 0)
    | (node.async === true ? 8 : 0) | (node.generator === true ? 16 : 0)
    | (node.type === 'Literal' && typeof node.value === 'string' ? 32 : 0);
}

function flatten(root) {
  const index = new Map();
  const strings = [];
  const nodes = [];
  const intern = (text) => {
    let i = index.get(text);
    if (i === undefined) index.set(text, i = strings.push(text) - 1);
    return i;
  };
  const walk = (node, field) => {
    const children = [];
    let last = -1;
    let sorted = true;
    const add = (value, key) => {
      if (typeof value.start !== 'number') return;
      if (value.start < last) sorted = false;
      last = value.start;
      children.push(value, key);
    };
    for (const key in node) {
      const value = node[key];
      if (typeof value !== 'object' || value === null) continue;
      if (Array.isArray(value)) {
        for (const element of value) if (element) add(element, key);
      } else add(value, key);
    }
    nodes.push(intern(node.type), intern(field), node.start, node.end, intern(textOf(node)), flags(node), children.length / 2);
    if (!sorted) sort(children);
    for (let i = 0; i < children.length; i += 2) walk(children[i], children[i + 1]);
  };
  walk(root, '');
  return { strings, nodes };
}

// sort puts pairs of node and field in the order of the source: a template has its texts and expressions in two lists.
function sort(pairs) {
  const list = [];
  for (let i = 0; i < pairs.length; i += 2) list.push([pairs[i], pairs[i + 1]]);
  list.sort((a, b) => a[0].start - b[0].start);
  pairs.length = 0;
  for (const pair of list) pairs.push(...pair);
}

function read(code, sourceType) {
  const comments = [];
  const options = { ecmaVersion: 'latest', sourceType, allowHashBang: false, onComment: (block, text, start, end) => comments.push(start, end) };
  return { module: sourceType === 'module', comments, ...flatten(acorn.parse(code, options)) };
}

// parse reads CommonJS, and what is none as a module: import and export are then to blame.
function parse(code) {
  try {
    return read(code, 'commonjs');
  } catch (fault) {
    try {
      const tree = read(code, 'module');
      if (tree.strings.some((type) => /^(Import|Export)\w*Declaration$/.test(type))) return tree;
    } catch {
      // The first fault is the one to tell.
    }
    return { fault: { pos: fault.pos ?? 0, message: String(fault.message).replace(/ \(\d+:\d+\)$/, '') } };
  }
}
