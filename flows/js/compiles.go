package js

import (
	"context"
	"fmt"

	"modernc.org/quickjs"
)

// Compiles is [Check] that ends with ctx: whether code parses as the body of a CommonJS module, without running it.
func Compiles(ctx context.Context, code string) error {
	box, err := newSandbox(Limits{})
	if err != nil {
		return fmt.Errorf("check code: %w", err)
	}
	defer box.close()
	return box.guard(ctx, func(context.Context) error {
		_, err := box.vm.Compile("(function (exports, require, module, __filename, __dirname) {"+code+"\n})", quickjs.EvalGlobal)
		return err
	})
}
