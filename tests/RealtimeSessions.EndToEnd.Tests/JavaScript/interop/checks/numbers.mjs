// Numbers that JavaScript cannot write come over REST, and to everybody as what JavaScript makes of their JSON.
import { same } from "../matching.mjs";

const Numbers = ["-0", "-0.0", "1.0", "1.10", "1e2", "1E+2", "100e-2", "9007199254740993", "-9007199254740993", "9223372036854775807", "9223372036854775808",
  "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "12345678901234567890", "123456789012345678901234567890",
  "0.1000000000000000055511151231257827", "3.14159265358979323846264338327950288", "1e-400", "4.9e-324", "2.4e-324", "1.7976931348623157e308",
  "1e23", "9007199254740992.5", "0.000000000000000000000000000000000000000000000000001"];

export default Object.fromEntries(Numbers.map(number => [number, async stage => {
  const { alice, members, session } = await stage.joined(), data = { value: JSON.parse(number), list: [JSON.parse(number)] };
  const path = `applications/${session.applicationId}/sessions/${session.sessionId}/data`;
  await stage.rest("alice", "PATCH", path, `{"value":${number},"list":[${number}]}`);
  for (const member of [alice, ...members]) same((await member.call("GetSessionData", session)).data, data, `the data that ${member} reads`);
  for (const member of members) same((await member.next("SessionDataUpdated")).data, data, `the patch that ${member} is told`);
}]));
