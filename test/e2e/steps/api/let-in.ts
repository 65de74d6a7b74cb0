import { checkReply } from '../../api/api-client.ts';
import type { Step } from '../../step.ts';
import { whyNoPeople } from './door.ts';

export const letIn: Step = {
  name: 'the API lets in whom it knows',
  skip: whyNoPeople,
  run: async ({ api }) => {
    await api.expect('401', 'nobody', 'listLeads');
    const invented = { headers: { authorization: 'Bearer e30.e30.e30' } };
    checkReply('401', 'a token of nobody', await api.send('nobody', 'GET', '/api/leads', invented));
    await api.expect('403', 'viewer', 'putEvents', { body: [{}] });
    await api.expect('403', 'seller', 'eraseLead', { path: { id: 'l-1' } });
    await api.expect('200', 'viewer', 'listLeads');
    await api.expect('200', 'service', 'listLeads');
    checkReply('404 unknown-route', 'GET /api/nothing', await api.send('viewer', 'GET', '/api/nothing'));
    checkReply('405 method-not-allowed', 'PUT /api/leads', await api.send('viewer', 'PUT', '/api/leads'));
    return {
      saw: '401 without a token and with an invented one, 403 without the scope, 404 and 405 as problems',
    };
  },
};
