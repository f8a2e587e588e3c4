// Package template turns the wordings of the legacy phone experience into phone templates of the tenant-level provider.
//
// Three things change on the way. First, one legacy wording serves both channels and tells them apart with a variable,
// while a phone template has a body for text and one for voice:
//
//	{% if message_type == "voice" %}Your code is {{ code }}{% else %}{{ code }} is your code{% endif %}
//
// becomes the voice body "Your code is {{ code }}" and the text body "{{ code }} is your code". Second, variables have other
// names ({{ password }} is {{ code }}, {{ tenant.friendly_name }} is {{ friendly_name }}). Third, Passwordless wordings may
// be written with macros (@@password@@) instead of Liquid.
//
// [FromMFA] and [FromPasswordless] make [Draft] values. They edit spans: what they do not have to change stays byte for byte.
// What depends on the channel in a way that cannot be taken apart is kept, and told the channel at its beginning, so that a
// body says exactly what the wording said; a property test shows it with the engine that Auth0 documents. What has no
// counterpart is named as an [Issue]. [Lint] says the same about a wording that a person has edited.
//
// [Sample] renders a wording before and a body after, for a person to compare. That takes the engine a millisecond for each;
// all else here is only reading.
package template
