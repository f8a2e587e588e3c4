// Command pack puts the scripts of the sandbox into one compressed file, which is what the program embeds: the folder runtime in runtime.gz.
// `go generate ./flows/js` runs it.
package main

import (
	"fmt"
	"log"
	"os"

	"upe/flows/js"
)

func main() {
	packed, err := js.Pack(os.DirFS("runtime"))
	if err == nil {
		err = os.WriteFile("runtime.gz", packed, 0o644)
	}
	if err != nil {
		log.Fatal(fmt.Errorf("pack: %w", err))
	}
}
