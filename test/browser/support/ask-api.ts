/** Returns the answer of the API of a stack to an admin, parsed. */
export const askApi = async (endpoint: string, path: string): Promise<unknown> => {
  const issued = await fetch(`${endpoint}/local/tokens`, {
    method: 'POST',
    body: JSON.stringify({ role: 'admin' }),
  });
  const { token } = (await issued.json()) as { token: string };
  const answer = await fetch(`${endpoint}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return answer.json();
};
