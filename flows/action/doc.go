// Package action knows the Actions that send phone messages.
//
// A custom provider sends by one Action of the trigger custom-phone-provider. An Action of the older trigger
// send-phone-message cannot be used as it is: the events have other shapes and other values. The admin brings an Action, or
// edits the [Starter]; [Try] runs it in a sandbox, where nothing leaves the process, and tells what it would send.
package action
