// Package theme says how things look and which keys do what, once for all screens.
//
// A screen asks for a role ([Theme.Bad], [Theme.Key]), never for a colour. There is one accent; the other colours carry a
// meaning, and none carries it alone: a state is always a mark and a word as well ([State]). Every colour has a contrast of
// at least 4.5:1 (WCAG 2.2, AA) on white when light, on black and on #1e1e1e when dark, and in [HighContrast] of at least 7:1 (AAA);
// a test computes it. Ordinary text has no colour of its own, so it is whatever its reader chose.
//
// Light or dark is not known when the program starts. The root asks with tea.RequestBackgroundColor, begins dark, and calls
// [Theme.Adapt] when the terminal answers; screens and forms hold the same *Theme and follow. NO_COLOR and terminals with
// fewer colours are Bubble Tea's business: it converts what is written.
package theme
