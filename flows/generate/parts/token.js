/** A JSON Web Token (HS256) with these claims, signed with this key. */
function token(claims, key) {
  const encode = (part) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  const signature = crypto.createHmac("sha256", key).update(signed).digest("base64url");
  return `${signed}.${signature}`;
}
