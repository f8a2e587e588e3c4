package plan

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"upe/flows/tenant"
)

// Bytes is the plan as a file: indented JSON, the same bytes for the same plan.
func (p Plan) Bytes() []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(p); err != nil {
		// Every raw message in a plan was written by Encode.
		panic("plan: encode a plan: " + err.Error())
	}
	return out.Bytes()
}

// Parse reads a plan file. It refuses another schema, unknown fields, operations outside the table, a check that would write,
// and a plan whose facts do not belong to its fingerprint or whose contents do not belong to its checksum: a file that was
// changed by hand.
func Parse(raw []byte) (Plan, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var p Plan
	if err := decoder.Decode(&p); err != nil {
		return Plan{}, fmt.Errorf("this is not a plan file: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Plan{}, errors.New("this is not a plan file: something follows the plan")
	}
	if p.Schema != Schema {
		return Plan{}, fmt.Errorf("the plan has schema %q, this program reads %q", p.Schema, Schema)
	}
	p.normalise()
	if p.Fingerprint != Fingerprint(p.Tenant, p.Relies) {
		return Plan{}, errors.New("the plan's fingerprint does not fit its facts: the file was changed; make a new plan")
	}
	for i, s := range p.Steps {
		if err := s.sound(p.Steps[:i]); err != nil {
			return Plan{}, fmt.Errorf("step %q %w", s.ID, err)
		}
	}
	if p.Checksum != p.checksum() {
		return Plan{}, errors.New("the plan's checksum does not fit its contents: the file was changed; make a new plan")
	}
	return p, nil
}

// Sealed is the plan with the fingerprint and the checksum that belong to it.
func (p Plan) Sealed() Plan {
	p.Fingerprint = Fingerprint(p.Tenant, p.Relies)
	p.Checksum = p.checksum()
	return p
}

// checksum is over the plan as a file, without the checksum itself.
func (p Plan) checksum() string {
	p.Checksum = ""
	sum := sha256.Sum256(p.Bytes())
	return "sha256:" + hex.EncodeToString(sum[:])
}

// sound reports what is wrong with a step whatever the tenant is: it comes after earlier.
func (s Step) sound(earlier []Step) error {
	for _, other := range earlier {
		if other.ID == s.ID {
			return errors.New("is there twice")
		}
	}
	if s.Call != nil && !s.Call.Op.Known() {
		return fmt.Errorf("sends %q, which is not an operation of this program", s.Call.Op)
	}
	for _, get := range s.reads() {
		if !get.Op.Known() || get.Op.Writes() {
			return fmt.Errorf("looks with %q, which is not a read of this program", get.Op)
		}
	}
	return nil
}

// reads lists the requests with which a step looks at the tenant.
func (s Step) reads() []tenant.Call {
	var reads []tenant.Call
	if s.Merge != nil {
		reads = append(reads, s.Merge.Get)
	}
	for _, check := range []*Check{s.Done, s.Fails} {
		if check != nil {
			reads = append(reads, check.Get)
		}
	}
	return reads
}

// normalise undoes the indentation that a file puts into raw JSON.
func (p *Plan) normalise() {
	compact := func(raw json.RawMessage) json.RawMessage {
		if value, err := Decode(raw); err == nil {
			return Encode(value)
		}
		return raw
	}
	for i := range p.Relies {
		p.Relies[i].Value = compact(p.Relies[i].Value)
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		s.Before, s.After = compact(s.Before), compact(s.After)
		if s.Call != nil {
			s.Call.Body = compact(s.Call.Body)
		}
		for _, c := range []*Check{s.Done, s.Fails} {
			if c != nil {
				c.Match, c.Each, c.Want = compact(c.Match), compact(c.Each), compact(c.Want)
			}
		}
	}
}
