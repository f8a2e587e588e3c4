package judge

// phoneIDRoutes are one per database connection whose users sign in with a phone number. They send through the tenant-level
// provider whatever the tenant flag says ("If you utilize Phone as ID, you are automatically using Auth0's Unified Phone
// Experience").
func (r reading) phoneIDRoutes() []Route {
	var routes []Route
	for _, name := range r.PhoneID {
		routes = append(routes, r.complete(Route{
			Flow: PhoneIdentifier, Channel: sms, Name: name, Via: Tenant, Basis: Documented,
			Why: "Phone as ID always uses the tenant-level provider",
		}, ""))
	}
	return routes
}
