package login_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/login"
)

// authority answers like a tenant that gives device codes: the code first, then one answer a poll, the last one again and again.
type authority struct {
	asked url.Values
	polls []string    // "pending", "slow_down", …, or "" for a token
	at    []time.Time // of the polls
	began time.Time   // when the code was given
	host  string      // that was asked
	first int         // status of the answer to the request for a code; 0: 200
	code  string      // the answer itself, where it is not the usual one
}

func (a *authority) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.ParseForm(); err != nil {
		return nil, err
	}
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "application/json")
	if strings.HasSuffix(req.URL.Path, "/oauth/device/code") {
		a.asked, a.host, a.began = req.PostForm, req.URL.Host, time.Now()
		w.WriteHeader(max(a.first, 200))
		answer := a.code
		if answer == "" {
			answer = `{"device_code":"` + secret + `","user_code":"BDWP-HQPK","verification_uri":"https://acme.us.auth0.com/activate",` +
				`"verification_uri_complete":"https://acme.us.auth0.com/activate?user_code=BDWP-HQPK","expires_in":900,"interval":5}`
		}
		_, err := w.WriteString(answer)
		return w.Result(), err
	}
	a.at = append(a.at, time.Now())
	step := a.polls[min(len(a.at), len(a.polls))-1]
	answer := `{"access_token":"` + "a.e30.c" + `","token_type":"Bearer","expires_in":3600}`
	if step != "" {
		w.WriteHeader(http.StatusForbidden)
		answer = `{"error":"` + step + `","error_description":"` + secret + `"}`
	}
	_, err := w.WriteString(answer)
	return w.Result(), err
}

func (a *authority) login(ctx context.Context) (login.Credentials, login.DeviceCode, error) {
	defer time.Sleep(time.Minute) // package oauth2 leaves the answer with the code open: its timer ends before the bubble does
	var shown login.DeviceCode
	c, err := login.Device(ctx, login.Credentials{Domain: "acme.us.auth0.com", ClientID: "app"}, []string{"read:tenant_settings", "read:logs"},
		login.Options{Now: time.Now, Transport: a}, func(code login.DeviceCode) { shown = code })
	return c, shown, err
}

// The tenant is asked every five seconds, and five seconds less often each time it says slow_down.
func TestDevice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := &authority{polls: []string{"authorization_pending", "slow_down", "authorization_pending", "slow_down", ""}}
		got, shown, err := a.login(t.Context())
		if err != nil || got.Token != "a.e30.c" || got.Way() != login.WayDevice || got.Domain != "acme.us.auth0.com" {
			t.Fatalf("%+v, %v", got, err)
		}
		if shown.Code != "BDWP-HQPK" || shown.Page != "https://acme.us.auth0.com/activate" || !strings.HasSuffix(shown.URL, "?user_code=BDWP-HQPK") {
			t.Errorf("shown %+v", shown)
		}
		want := "audience=https%3A%2F%2Facme.us.auth0.com%2Fapi%2Fv2%2F&client_id=app&scope=read%3Atenant_settings+read%3Alogs"
		if a.asked.Encode() != want {
			t.Errorf("asked %s", a.asked.Encode())
		}
		for i, seconds := range []time.Duration{5, 10, 20, 30, 45} {
			if after := a.at[i].Sub(a.began); after != seconds*time.Second {
				t.Errorf("poll %d after %s, want %s", i+1, after, seconds*time.Second)
			}
		}
	})
}

// Whatever ends the wait is explained, and what the tenant wrote beside its code of error is not quoted.
func TestDeviceRefused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		a    authority
		want string
	}{
		"refused":        {authority{polls: []string{"authorization_pending", "access_denied"}}, "the login was refused"},
		"expired":        {authority{polls: []string{"expired_token"}}, "before the code expired"},
		"never":          {authority{polls: []string{"authorization_pending"}}, "before the code expired"},
		"grant missing":  {authority{first: 403, code: `{"error":"unauthorized_client"}`}, "Device Code"},
		"no such API":    {authority{first: 400, code: `{"error":"invalid_request"}`}, "AUTH0_AUDIENCE"},
		"something else": {authority{first: 500, code: secret}, "it answered 500"},
		"no answer":      {authority{first: 200, code: "<html>" + secret}, "not a token"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				_, _, err := tt.a.login(t.Context())
				if explained(t, err); !strings.Contains(err.Error(), tt.want) {
					t.Errorf("%q does not say %s", err, tt.want)
				}
			})
		})
	}
}

func TestDeviceNeedsAnApplication(t *testing.T) {
	t.Parallel()
	for _, c := range []login.Credentials{{Domain: "acme.us.auth0.com"}, {ClientID: "app"}} {
		_, err := login.Device(t.Context(), c, nil, login.Options{Now: time.Now}, func(login.DeviceCode) { t.Error("a code is shown") })
		explained(t, err)
	}
}

// Ctrl+c ends the wait at once, and is no refusal.
func TestDeviceCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Minute, cancel)
		a := &authority{polls: []string{"authorization_pending"}}
		if _, _, err := a.login(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
