package js

import (
	"slices"

	"modernc.org/quickjs"
)

// load runs a file of modules and hands its function to the VM. Without memory for
// it, it hands over undefined.
func (r *recorder) load(name string) quickjs.Value {
	program, ok := moduleFiles[name]
	if !ok {
		return quickjs.UndefinedValue
	}
	bytecode, err := program()
	if err != nil {
		return quickjs.UndefinedValue
	}
	value, err := r.box.vm.EvalBytecodeValue(bytecode)
	if err != nil {
		return quickjs.UndefinedValue
	}
	return value
}

// missing notes what the Action used that no run can show, or of which a run shows
// a copy.
func (r *recorder) missing(args []any) (any, error) {
	if err := r.spend(args); err != nil {
		return nil, err
	}
	list := &r.result.StandIns
	if text(args, 1) == "copy" {
		list = &r.result.Copies
	}
	if name := text(args, 0); !slices.Contains(*list, name) {
		*list = append(*list, name)
	}
	return nil, nil
}
