// Package termtest drives a real Bubble Tea program in a terminal emulator. Tests import it; the program does not.
//
//	termtest.Run(t, newModel(), 80, 24, func(s *termtest.Session) {
//		s.Type("acme")
//		s.Press("enter")
//		termtest.Golden(s.T, "connected-80x24", s.Screen())
//		s.Press("ctrl+c")
//		_, err := s.Final()
//	})
//
// Keys go in as the bytes a keyboard sends and come out as cells on a screen, so that decoding, paste, the answers of the
// terminal, the alternate screen and the renderer are all part of the test.
//
// [Run] uses the fake clock of testing/synctest: ticks, timeouts and spinners cost nothing and happen in the same order
// every time. A fake clock stands still while a goroutine waits for a socket, so a model that talks to a server, even one
// on loopback, needs [RunReal]. It waits for idleness instead: every key that was sent is handled, the model says that it is
// not busy, and the last frame is drawn. Neither ever sleeps and hopes.
//
// A test of a screen's text and size alone needs no program: draw the model's View, and use [Golden] and [Fits].
//
// Widths depend on the variable RUNEWIDTH_EASTASIAN, which is read before any test runs: unset it for the test command.
package termtest
