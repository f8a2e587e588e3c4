exports.onExecuteCustomPhoneProvider = async (event, api) => {
  const res = await fetch(event.secrets.BACKEND, { method: 'POST', body: JSON.stringify(event) });
  if (res.status >= 500) api.notification.retry('the backend is down');
};
