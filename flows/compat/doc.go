// Package compat knows which phone factors and delivery methods go together.
//
// An Auth0 tenant names the same two channels twice. Multi-factor
// authentication (MFA) has phone factors, which the API calls message types:
// "sms" and "voice". The tenant-level phone provider has delivery methods:
// "text" and "voice". The Dashboard writes both as "SMS" and "Voice". One rule
// joins them:
//
//	The MFA factors must be a subset of the provider's delivery methods,
//	and Passwordless by SMS needs the delivery method text.
//
// Auth0 documents the rule in one sentence and its consequences in three
// tables. The tables are incomplete, and a few rows contradict the sentence.
// Here the rule decides ([Uncovered], [Covers], [Resolutions]), and the tables
// are kept beside it as data, word for word, each row with the verdict of the
// rule and, where the row errs, an erratum ([Tables], [Lookup]): a person who
// followed the documentation finds the row read, and why the program does
// something else.
//
// Two more documented tables live here for the same reason: how the event of a
// send-phone-message Action maps to that of a custom-phone-provider Action
// ([EventMapping]) and which Management API endpoints stop working
// ([Endpoints]).
//
// Everything is a pure function over values; every call returns fresh data.
package compat
