package js

import (
	"encoding/binary"
	"errors"
	"fmt"

	"modernc.org/libc"
	engine "modernc.org/libquickjs"
)

// bytecode compiles a script of our own without its text and its lines. Each function carries a copy of both otherwise, which made the
// files under runtime four times as long; reading and freeing that was a tenth of the time that a proof takes. The package quickjs
// compiles, and does not strip.
func bytecode(source string) ([]byte, error) {
	tls := libc.NewTLS()
	defer tls.Close()
	vm := engine.XJS_NewRuntime(tls)
	if vm == 0 {
		return nil, errors.New("start JavaScript VM: no memory")
	}
	defer engine.XJS_FreeRuntime(tls, vm)
	engine.XJS_SetMaxStackSize(tls, vm, engine.MaxStackSlots)
	engine.XJS_SetStripInfo(tls, vm, engine.MJS_STRIP_DEBUG)
	realm := engine.XJS_NewContext(tls, vm)
	if realm == 0 {
		return nil, errors.New("start JavaScript VM: no memory")
	}
	defer engine.XJS_FreeContext(tls, realm)
	return compile(tls, realm, source)
}

func compile(tls *libc.TLS, realm uintptr, source string) ([]byte, error) {
	text, err := libc.CString(source)
	if err != nil {
		return nil, fmt.Errorf("compile embedded JavaScript: %w", err)
	}
	defer libc.Xfree(tls, text)
	name, err := libc.CString("<eval>")
	if err != nil {
		return nil, fmt.Errorf("compile embedded JavaScript: %w", err)
	}
	defer libc.Xfree(tls, name)
	compiled := engine.XJS_Eval(tls, realm, text, engine.Tsize_t(len(source)), name, engine.MJS_EVAL_TYPE_GLOBAL|engine.MJS_EVAL_FLAG_COMPILE_ONLY)
	defer engine.XFreeValue(tls, realm, compiled)
	const word = 8 // bytes of a length; all systems of the program have 64 bits
	length := tls.Alloc(word)
	defer tls.Free(word)
	written := uintptr(0)
	if engine.XJS_HasException(tls, realm) == 0 {
		written = engine.XJS_WriteObject(tls, realm, length, compiled, engine.MJS_WRITE_OBJ_BYTECODE)
	}
	if written == 0 {
		return nil, errors.New("compile embedded JavaScript: it does not parse")
	}
	defer engine.Xjs_free(tls, realm, written)
	size := binary.NativeEndian.Uint64(libc.GoBytes(length, word))
	return append([]byte(nil), libc.GoBytes(written, int(size))...), nil //nolint:gosec // some ten thousand
}
