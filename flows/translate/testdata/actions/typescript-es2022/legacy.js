"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.onExecuteSendPhoneMessage = void 0;
class GatewayError extends Error {
    status;
    constructor(status) {
        super(`gateway answered ${status}`);
        this.status = status;
    }
}
const onExecuteSendPhoneMessage = async (event, _api) => {
    const options = event.message_options;
    const response = await fetch(event.secrets.GATEWAY_URL, {
        method: "POST",
        body: JSON.stringify({ phone: options.recipient, text: options.text }),
    });
    if (!response.ok) {
        throw new GatewayError(response.status);
    }
};
exports.onExecuteSendPhoneMessage = onExecuteSendPhoneMessage;
//# sourceMappingURL=send.js.map
