package linear

import "strings"

// A Twilio SID is read aloud letter by letter, 34 of them. On a page it is said in full once, and then by what distinguishes it.

// sidLength is how long a Twilio SID is: two letters for what it names, and 32 hexadecimal digits.
const sidLength = 34

// isSID reports whether a word is a Twilio SID.
func isSID(word string) bool {
	return len(word) == sidLength && strings.Trim(word[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" && strings.Trim(word[2:], "0123456789abcdef") == ""
}

// sidEnd is how a SID is told that was said: "AC ending in 6952".
func sidEnd(sid string) string { return sid[:2] + " ending in " + sid[len(sid)-4:] }

// spelled are the SIDs that were said on a page, by how they are told from then on.
type spelled map[string]string

// once leaves a SID out that was said before, but for its ends. Two that end alike are always said in full.
func (s spelled) once(text string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		sid := strings.Trim(word, ".,:;()\"")
		if !isSID(sid) {
			continue
		}
		switch said, ok := s[sidEnd(sid)]; {
		case !ok:
			s[sidEnd(sid)] = sid
		case said == sid:
			words[i] = strings.Replace(word, sid, sidEnd(sid), 1)
		}
	}
	return strings.Join(words, " ")
}
