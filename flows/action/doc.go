// Package action knows the Actions that send phone messages.
//
// A custom provider sends by one Action of the trigger custom-phone-provider. An Action of the older trigger
// send-phone-message cannot be used as it is: the events have other shapes and other values. The admin brings an Action, or
// edits the [Starter]; [Try] runs it in a sandbox, where nothing leaves the process, and tells what it would send: for each [Message],
// a code of one flow by one delivery method, and for each notification that is not a code. Auth0's own test message is one of those
// codes only, so that a branch of an Action that no test message reaches is tried here, and rehearsed.
package action
