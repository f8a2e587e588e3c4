package run

import (
	"context"
	"fmt"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// prepare makes the call of a step ready to send: references and secrets filled in and, where the API replaces the whole of
// what is sent, laid over what is there now. The result holds secrets.
func (e *engine) prepare(ctx context.Context, s plan.Step) (tenant.Call, error) {
	call, err := e.address(*s.Call)
	if err != nil {
		return tenant.Call{}, err
	}
	body, err := e.document(call.Body)
	if err != nil {
		return tenant.Call{}, err
	}
	// Last of all, so that another admin's change is lost only when it comes within this one moment. To find a secret may have taken a
	// while, and so may what was read together with this.
	e.api.anew()
	switch {
	case s.Merge != nil:
		body, err = e.overBase(ctx, s, body)
	case call.Op == tenant.PatchBindings:
		err = e.sameBindings(ctx, s)
	}
	if err != nil {
		return tenant.Call{}, err
	}
	if body != nil {
		call.Body = plan.Encode(body)
	}
	return call, nil
}

// overBase reads what is there and lays body over it.
func (e *engine) overBase(ctx context.Context, s plan.Step, body any) (any, error) {
	get, err := e.address(s.Merge.Get)
	if err != nil {
		return nil, err
	}
	answer, err := e.read(ctx, get)
	if err != nil {
		return nil, err
	}
	base := map[string]any{}
	for _, key := range s.Merge.Keep {
		value, ok := plan.At(answer, "/"+key)
		if !ok {
			// A connection without its options: the token may not read them, and what cannot be read cannot be kept.
			return nil, fmt.Errorf("%s does not show %q, so writing it would delete what is there", get.Op, key)
		}
		base[key] = value
	}
	if e.plan.Reverts == "" {
		body = plan.Spare(body, s.Call.Body, base)
	}
	merged := plan.Lay(plan.Without(base, s.Merge.Drop), body)
	if lost := unreadable(merged, s.Merge.Secrets); len(lost) > 0 {
		return nil, &Refusal{
			Kind: NeedsSecret, Missing: lost,
			Hint: "Auth0 does not show these secrets and would delete them with this write: enter them again, or do this step in the Dashboard",
		}
	}
	return merged, nil
}

// unreadable lists which of the secrets a document does not hold in clear.
func unreadable(document any, pointers []string) []string {
	var lost []string
	for _, pointer := range pointers {
		value, _ := plan.At(document, pointer)
		secret, ok := value.(string)
		if !ok || !plan.Readable(secret) {
			lost = append(lost, pointer)
		}
	}
	return lost
}
