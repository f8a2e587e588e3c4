/** User and password as HTTP's basic authentication sends them. */
function basic(user, password) {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}
