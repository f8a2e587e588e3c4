package login

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"golang.org/x/oauth2"
)

// DeviceCode is what a person needs to log in: an address to open in a browser on any device, and the code to compare or enter there.
type DeviceCode struct {
	URL     string    // with the code in it, where Auth0 offers that
	Page    string    // without the code: short enough to be typed
	Code    string    // "BDWP-HQPK"
	Expires time.Time // until when
}

// Device lets a person log in with a device code (RFC 8628) through the application c.ClientID, which needs the grant type Device Code
// and no secret. show is told the code; then the tenant is asked every few seconds, and less often when it says so, until the person has
// logged in, has refused, or the code has expired. No browser is needed here. The credentials hold the token, and nothing is stored.
func Device(ctx context.Context, c Credentials, scopes []string, o Options, show func(DeviceCode)) (Credentials, error) {
	origin, err := ParseDomain(c.Domain)
	if err != nil {
		return Credentials{}, err
	}
	if c.ClientID == "" {
		return Credentials{}, &Error{
			Failed: "no device code was asked for", Why: "a client id is missing: whose application it is, only you can say",
			Do: "give --client-id (or " + EnvClientID + "): that of an application of type Native with the grant type Device Code",
		}
	}
	config := oauth2.Config{
		ClientID: c.ClientID, Scopes: scopes,
		Endpoint: oauth2.Endpoint{
			DeviceAuthURL: origin.JoinPath("/oauth/device/code").String(), TokenURL: origin.JoinPath("/oauth/token").String(),
			AuthStyle: oauth2.AuthStyleInParams,
		},
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, o.client())
	code, err := config.DeviceAuth(ctx, oauth2.SetAuthURLParam("audience", c.audience(origin)))
	if err != nil {
		return Credentials{}, notByDevice(err, origin)
	}
	shown := DeviceCode{URL: code.VerificationURIComplete, Page: code.VerificationURI, Code: code.UserCode, Expires: code.Expiry}
	if shown.URL == "" {
		shown.URL = shown.Page
	}
	show(shown)
	token, err := config.DeviceAccessToken(ctx, code)
	if err != nil {
		return Credentials{}, notByDevice(err, origin)
	}
	return Credentials{Domain: c.Domain, Token: token.AccessToken, Audience: c.Audience, From: WayDevice}, nil
}

// notByDevice says what a person can do about a login that did not come about.
func notByDevice(err error, origin *url.URL) error {
	failed := &Error{Failed: "no access token from " + origin.Host, Do: "run the same command again for a new code"}
	var refused *oauth2.RetrieveError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, context.DeadlineExceeded):
		failed.Why = "nobody logged in before the code expired"
		return failed
	case !errors.As(err, &refused) || refused.Response == nil:
		failed.Why, failed.Cause = unanswered(err)
		failed.Do = "check " + EnvDomain + " and your connection, then run the same command again"
		return failed
	}
	failed.Status = refused.Response.StatusCode
	switch known(refused.ErrorCode) {
	case "expired_token":
		failed.Why = "nobody logged in before the code expired"
	case "access_denied":
		failed.Why = "the login was refused, by you or by a rule of the tenant"
	case "unauthorized_client", "invalid_client", "unauthorized":
		failed.Why = fmt.Sprintf("the application may not ask for device codes (%s)", known(refused.ErrorCode))
		failed.Do = "in Applications > Applications > Settings: type Native, Token Endpoint Authentication Method None, and under Advanced > Grant Types Device Code"
	case "invalid_request", "invalid_scope":
		failed.Why = fmt.Sprintf("it does not accept the request (%s)", known(refused.ErrorCode))
		failed.Do = "authorize the application for the Auth0 Management API, or correct " + EnvAudience
	default:
		failed.Why = fmt.Sprintf("it answered %d", failed.Status)
		failed.Do = "check " + EnvDomain + " and the client id"
	}
	return failed
}
