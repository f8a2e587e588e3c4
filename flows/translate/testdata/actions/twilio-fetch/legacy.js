const API = 'https://api.twilio.com/2010-04-01/Accounts';

exports.onExecuteSendPhoneMessage = async (event, api) => {
	const { recipient, text } = event.message_options;
	const sid = event.secrets.TWILIO_ACCOUNT_SID;
	const login = Buffer.from(`${sid}:${event.secrets.TWILIO_AUTH_TOKEN}`).toString('base64');

	const response = await fetch(`${API}/${sid}/Messages.json`, {
		method: 'POST',
		headers: {
			Authorization: `Basic ${login}`,
			'Content-Type': 'application/x-www-form-urlencoded',
		},
		body: new URLSearchParams({ To: recipient, From: event.secrets.TWILIO_SENDER, Body: text }).toString(),
	});

	if (!response.ok) {
		const problem = await response.text();
		throw new Error(`Twilio: ${response.status} ${problem}`);
	}
};
