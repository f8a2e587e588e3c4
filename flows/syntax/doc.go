// Package syntax reads JavaScript as a tree whose nodes know the bytes they stand for, so that code can be changed by editing a few of
// them and leaving everything else, comments and layout included, as it is.
//
// The parser is acorn, run in [js.Library]: it reads the language as the current Node does. The tree has acorn's own node types, which
// are those of ESTree (https://github.com/estree/estree). Names are resolved to what declares them; see [Binding].
//
// Code is read as Auth0 reads an Action: the body of a CommonJS module, where return may stand outside a function and await may not.
// Code that only reads as an ECMAScript module is read as one, and its [Tree] says so.
package syntax
