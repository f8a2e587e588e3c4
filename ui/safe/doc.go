// Package safe is the only door to a terminal.
//
// Tenant names, Action code, error bodies: every string from outside is hostile. A tenant name can carry an escape
// sequence that moves the cursor, hides text, writes to the clipboard or puts any URL under any words; a bidirectional
// override makes "gpj.exe" out of "exe.jpg"; a zero width character makes two names look like one. The Bubble Tea
// renderer stops only some of these, and a line printed by a command passes through no renderer at all.
//
// The rule is show, never strip: what a terminal would obey is written so that a person can read it, and nothing is lost.
//
//	ESC [ 31m       →  \x1b[31m        C0, DEL, and bytes that are no UTF-8: \x and two digits
//	U+202E          →  \u202e          C1 as runes, bidi controls, zero width, BOM, tags, U+2028, private use, unassigned
//	CR, newline     →  \r, \n          a newline is kept in [Block] text
//	tab             →  four spaces
//
// Kept, because honest text needs them: a zero width joiner or non-joiner between two letters or symbols beyond ASCII
// (Persian, Hindi, family emoji); one variation selector directly behind such a rune, or behind a keycap's digit; at most four
// combining marks in a row, and none at the start of a line, where it would change what stands before.
//
// Cleaning is idempotent, so a string may pass the door twice. It follows that a backslash of the text itself is not doubled:
// the four characters \x1b and the escape character look the same afterwards.
//
// What it is not: it does not shorten, wrap or measure, and it does not tell look-alike letters apart.
package safe
