package main

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"upe/flows/wizard"
	"upe/ui/linear"
)

// app is one call of the program: the system it runs in and the flags every command has.
type app struct {
	system
	global   globals
	warnings []warning // said with --json once the command has ended
	reports  bool      // the command tells programs of its progress

	lines *linear.Lines  // what is typed line by line; nil until somebody is asked
	ways  wizard.Answers // how the tenant was connected to, as it was answered, without secrets; nil: nobody was asked

	wire http.RoundTripper // what requests to the tenant go through; nil: the network
}

// globals are the flags that every command understands.
type globals struct {
	json     bool
	demo     bool
	scenario string
	domain   string
	dryRun   bool
	readOnly bool
	runDir   string
	answers  string
	noColor  bool

	cliLogin   bool   // the login that auth0-cli keeps
	deviceCode bool   // a person logs in, in any browser
	clientID   string // instead of AUTH0_CLIENT_ID

	offline       offline // a bundle in place of a tenant
	highContrast  bool    // stronger colours
	accessible    bool    // line by line
	reducedMotion bool    // nothing moves by itself

	yes bool // nothing asks today, so nothing reads it
}

// execute is the program: arguments in, exit code out.
func execute(args []string, sys system) exitCode {
	ctx, stop := sys.signals()
	defer stop()
	a := &app{system: sys}
	root := a.root()
	noOther(root)
	// A flag that is wrong ends the reading of flags; how to tell so must be known before. Defining the flags resets them.
	a.global.json = slices.Contains(args, "--json")
	root.SetArgs(args)
	root.SetIn(sys.in)
	root.SetOut(sys.out)
	root.SetErr(sys.err)
	return a.fail(root.ExecuteContext(ctx))
}

// root is the command tree.
func (a *app) root() *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:   "upe",
		Short: "Move an Auth0 tenant to the Unified Phone Experience",
		Long: `upe moves an Auth0 tenant's phone messages (MFA, Passwordless SMS) to the
Unified Phone Experience. Without a command it opens a wizard; each of its
steps is a command as well:

  check    what the tenant does now, and whether it can move
  plan     what would be written, as a file
  rehearse carry the plan out on copies of the tenant
  prepare  make the tenant-level provider ready; users notice nothing
  test     send a test message, and say whether it arrived
  enable   switch one flow on
  confirm  say that a real login works; then finish
  watch    whether logins are as before, by the tenant logs
  revert   take back what a run did
  resume   finish what was interrupted, and nothing more
  scan     what in your own code stops working after the switch
  doctor   whether everything that is needed is there

Nothing is written before you ask for it: check, plan, rehearse, watch, status,
show and tables only read.

Credentials come from the environment, under the names that Auth0's own tools
use, and are never stored:

  AUTH0_DOMAIN           acme.us.auth0.com (or --domain), and one of these:
  AUTH0_API_TOKEN        a Management API token
  AUTH0_CLIENT_ID        a machine-to-machine application, with its secret in
    AUTH0_CLIENT_SECRET  or its private key, as PEM or the path of its file, in
    AUTH0_CLIENT_ASSERTION_PRIVATE_KEY, which signs with
    AUTH0_CLIENT_ASSERTION_SIGNING_ALG: RS256 (the default), RS384, PS256
  AUTH0_CLI_LOGIN=true   the login that auth0-cli keeps (or --cli-login)
  --device-code          log in with any browser, through the application
                         --client-id, which allows the grant type Device Code
  AUTH0_AUDIENCE         with a custom domain: the API's identifier

upe doctor says whether they work, and which scopes are missing and for what.

Exit codes: 0 success, 1 error, 2 changes pending (with --detailed-exitcode),
3 a decision or evidence is missing, 4 credentials or scopes, 5 the plan is
stale, 6 blocked or refused, 130 interrupted. A domain that cannot be one, or is
not the token's, counts as credentials (4); one where nobody answers is an error
(1).`,
		Example: `  upe --demo
  upe check
  upe plan -o plan.json`,
		Args:          noArguments,
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			_, a.reports = cmd.Annotations[annotationReports]
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if version {
				return a.version()
			}
			return a.wizard(cmd.Context())
		},
		SuggestionsMinimumDistance: 2,
	}
	root.Flags().BoolVar(&version, "version", false, "as the command version")
	a.addGlobals(root)
	a.global.offline.flags(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(flagWords(err), "see `"+cmd.CommandPath()+" --help`")
	})
	for _, command := range []func() *cobra.Command{
		a.newCheck, a.newPlan, a.newRehearse, a.newPrepare, a.newTest, a.newEnable, a.newConfirm, a.newWatch, a.newResume, a.newRevert,
		a.newStatus, a.newShow, a.newBundle, a.newFleet, a.newTranslate, a.newScan, a.newTables, a.newEmulate, a.newDoctor, a.newVersion,
	} {
		root.AddCommand(command())
	}
	a.completions(root)
	return root
}

// flagWords say what is wrong with a flag. Of a value that cannot be one, how a program reads it tells nobody anything.
func flagWords(err error) string {
	var value *pflag.InvalidValueError
	if errors.As(err, &value) {
		kind := value.GetFlag().Value.Type()
		if words, ok := map[string]string{"int": "number", "duration": "length of time, such as 30s or 2h"}[kind]; ok {
			kind = words
		}
		return "--" + value.GetFlag().Name + " " + quoted(value.GetValue()) + " is no " + kind
	}
	return err.Error()
}

func (a *app) addGlobals(root *cobra.Command) {
	flags, g := root.PersistentFlags(), &a.global
	flags.SortFlags = false
	root.Flags().SortFlags = false
	flags.StringVar(&g.domain, "domain", "", "the tenant's `DOMAIN`, instead of AUTH0_DOMAIN")
	flags.BoolVar(&g.cliLogin, "cli-login", false, "the login that auth0-cli keeps for that tenant; it is only read")
	flags.BoolVar(&g.deviceCode, "device-code", false, "log in with any browser, through the application --client-id")
	flags.StringVar(&g.clientID, "client-id", "", "the `ID` of the application, instead of AUTH0_CLIENT_ID")
	flags.BoolVar(&g.demo, "demo", false, "an embedded tenant instead of a real one; each command starts a fresh one,\nthe command emulate keeps one")
	flags.StringVar(&g.scenario, "scenario", "", "with --demo: the `NAME` of the embedded tenant; all for every one (check)")
	flags.BoolVar(&g.dryRun, "dry-run", false, "send nothing but reads")
	flags.BoolVar(&g.readOnly, "read-only", false, "the same, for sessions that must never write")
	flags.StringVar(&g.answers, "answers", "", "a `FILE` of answers (`upe plan --write-answers` makes one)")
	flags.StringVar(&g.runDir, "run-dir", "", "the `DIR` that holds the run folders, instead of $XDG_STATE_HOME/upe/runs")
	flags.BoolVar(&g.json, "json", false, "JSON on standard output; errors, notes and, where a command takes a while, its\nprogress as JSON lines on standard error")
	flags.BoolVar(&g.yes, "yes", false, "answer yes where a command would ask; never replaces --move and --confirm")
	flags.BoolVar(&g.noColor, "no-color", false, "no colours of our own on the wizard's screens; also NO_COLOR=1")
	flags.BoolVar(&g.highContrast, "high-contrast", false, "stronger colours on the wizard's screens; also HIGH_CONTRAST=1")
	flags.BoolVar(&g.accessible, "accessible", false, "the wizard line by line, for screen readers and pipes; also ACCESSIBLE=1")
	flags.BoolVar(&g.reducedMotion, "reduced-motion", false, "nothing on the wizard's screens moves by itself")
}

// reading reports whether nothing but reads may leave the program.
func (g globals) reading() bool { return g.dryRun || g.readOnly }

// command fills in what all commands share.
func command(use, short, long, example string, do func(ctx context.Context, args []string) error) *cobra.Command {
	c := &cobra.Command{
		Use: use, Short: short, Long: long, Example: example,
		RunE: func(cmd *cobra.Command, args []string) error { return do(cmd.Context(), args) },
	}
	c.Flags().SortFlags = false
	return c
}

// noArguments refuses arguments; a word after `upe` that is no command ends here as well.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usage("`"+cmd.CommandPath()+"` takes no argument, and got "+quoted(args[0]), "see `"+cmd.CommandPath()+" --help`")
	}
	do := "`upe --help` lists them"
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		do = "did you mean upe " + strings.Join(near, ", upe ") + "? " + do
	}
	return usage("there is no command "+quoted(args[0]), do)
}

// oneArgument asks for exactly one argument, called name.
func oneArgument(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch len(args) {
		case 1:
			return nil
		case 0:
			return usage("`"+cmd.CommandPath()+"` needs a "+name, "see `"+cmd.CommandPath()+" --help`")
		}
		return usage("`"+cmd.CommandPath()+"` takes one "+name+", and got "+quoted(args[1])+" as well", "see `"+cmd.CommandPath()+" --help`")
	}
}

// atMostOneArgument takes one argument or none.
func atMostOneArgument(name string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return oneArgument(name)(cmd, args)
	}
}

func quoted(text string) string { return `"` + text + `"` }
