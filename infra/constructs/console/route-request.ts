/**
 * The function that CloudFront runs for each request of a file: the root leads to the page, and the page has its name.
 * Everything else is a file, or isn't there. It is a text, since CloudFront runs it in a JavaScript of its own.
 */
export const routeRequestCode = `function handler(event) {
  var request = event.request;
  if (request.uri === '/' || request.uri === '/console')
    return { statusCode: 302, statusDescription: 'Found', headers: { location: { value: '/console/' } } };
  if (request.uri === '/console/') request.uri = '/console/index.html';
  return request;
}
`;
