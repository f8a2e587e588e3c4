package export

// object is the object under a key, nil for none.
func object(from map[string]any, key string) map[string]any {
	inner, _ := from[key].(map[string]any)
	return inner
}

// objects are the objects of a list.
func objects(value any) []map[string]any {
	list, _ := value.([]any)
	var all []map[string]any
	for _, inner := range list {
		if o, ok := inner.(map[string]any); ok {
			all = append(all, o)
		}
	}
	return all
}

// text is the text under a key, empty for none.
func text(from map[string]any, key string) string {
	value, _ := from[key].(string)
	return value
}

// texts are the texts of a list.
func texts(value any) []string {
	list, _ := value.([]any)
	var all []string
	for _, inner := range list {
		if s, ok := inner.(string); ok {
			all = append(all, s)
		}
	}
	return all
}

// secretOf is the name in a reference to a secret, empty where there is none.
func secretOf(value any) string {
	reference, _ := value.(map[string]any)
	if len(reference) != 1 {
		return ""
	}
	return text(reference, "$secret")
}
